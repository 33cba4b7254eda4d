import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AwsSecretStoreOptions } from './aws-secret-store-options';
import { objectMetadata } from './object-metadata';
import { checkRegion, checkRoleArn } from '../private/aws-names';
import { checkDnsSubdomain, checkServiceAccount } from '../private/kubernetes-names';

/** What the kinds of stores differ in. */
export interface AwsSecretStoreProps {
  readonly kind: 'SecretStore' | 'ClusterSecretStore';
  readonly options: AwsSecretStoreOptions;
  readonly namespace?: string;
  readonly serviceAccountNamespace?: string;
  readonly conditions?: any[];
}

/** A secret store of either kind. */
export function awsSecretStore(scope: Construct, { kind, options, namespace, serviceAccountNamespace, conditions }: AwsSecretStoreProps): ApiObject {
  const { name, service, region, roleArn, serviceAccount, prefix } = options;
  return new ApiObject(scope, 'Default', {
    apiVersion: 'external-secrets.io/v1',
    kind,
    metadata: objectMetadata({ name: checkDnsSubdomain('name', name), namespace }),
    spec: {
      conditions,
      provider: {
        aws: {
          service,
          region: checkRegion('region', region),
          role: checkRoleArn('roleArn', roleArn),
          prefix,
          auth: serviceAccount === undefined ? undefined : {
            jwt: { serviceAccountRef: { name: checkServiceAccount('serviceAccount', serviceAccount), namespace: serviceAccountNamespace } },
          },
        },
      },
    },
  });
}
