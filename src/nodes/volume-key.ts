import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/**
 * Lets EC2 use a key for the volumes of this account's instances, on behalf of whoever launches them, in the words of the key that AWS
 * has for EBS. Auto Scaling has no other way to a key of yours: its service-linked role has no permissions for keys.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function allowVolumes(scope: Construct, key: kms.IKey): void {
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: {
      StringEquals: {
        'kms:CallerAccount': Stack.of(scope).account,
        'kms:ViaService': `ec2.${Stack.of(scope).region}.${Aws.URL_SUFFIX}`,
      },
    },
  }));
}
