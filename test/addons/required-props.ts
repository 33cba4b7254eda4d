import { Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/**
 * What an add-on cannot be made without, besides a cluster: for the tests that run over every add-on, and for ADDONS.md. Imported things
 * only: no resource may be made outside of the add-on.
 */
export const REQUIRED_PROPS: Record<string, (scope: Construct) => Record<string, any>> = {
  AwsPrivateCaIssuer: scope => ({
    certificateAuthorities: [acmpca.CertificateAuthority.fromCertificateAuthorityArn(scope, 'Authority',
      Stack.of(scope).formatArn({ service: 'acm-pca', account: '123456789012', resource: 'certificate-authority', resourceName: 'a' }))],
  }),
  Capability: () => ({ type: 'KRO' }),
  FargateLogging: scope => ({ podExecutionRoles: [iam.Role.fromRoleName(scope, 'PodExecution', 'PodExecution')] }),
  ExternalDns: scope => ({ hostedZones: [route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' })] }),
  Velero: scope => ({ bucket: s3.Bucket.fromBucketName(scope, 'Bucket', 'backups') }),
};
