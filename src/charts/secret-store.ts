import { Construct } from 'constructs';
import { awsSecretStore } from './aws-secret-store';
import { AwsSecretStoreOptions } from './aws-secret-store-options';

/** Properties of a `SecretStore`. */
export interface SecretStoreProps extends AwsSecretStoreOptions {
  /**
   * The namespace, that of the external secrets that use it, and of `serviceAccount`.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;
}

/**
 * A store of External Secrets in Secrets Manager or Parameter Store, for external secrets of its own namespace. It needs the add-on
 * `ExternalSecrets`.
 *
 * @see https://external-secrets.io/latest/provider/aws-access/
 */
export class SecretStore extends Construct {
  /** The name, which external secrets refer to. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    super(scope, id);
    this.name = awsSecretStore(this, { kind: 'SecretStore', options: props, namespace: props.namespace }).name;
  }
}
