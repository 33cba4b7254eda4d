import { Construct } from 'constructs';
import { awsSecretStore } from './aws-secret-store';
import { AwsSecretStoreOptions } from './aws-secret-store-options';
import { clusterScoped } from './cluster-scoped';
import { knownItems } from '../private/known-items';
import { checkLabels, checkNamespace } from '../private/kubernetes-names';
import { sortKeys } from '../private/sort-keys';

/** Properties of a `ClusterSecretStore`. */
export interface ClusterSecretStoreProps extends AwsSecretStoreOptions {
  /**
   * The namespace of `serviceAccount`.
   *
   * @default - that of the external secret
   */
  readonly serviceAccountNamespace?: string;

  /**
   * Namespaces whose external secrets may use it, besides those with `namespaceLabels`.
   *
   * @default - all, unless there are `namespaceLabels`
   */
  readonly namespaces?: string[];

  /**
   * Labels of namespaces whose external secrets may use it, besides `namespaces`.
   *
   * @default - all, unless there are `namespaces`
   */
  readonly namespaceLabels?: { [key: string]: string };
}

/**
 * A store of External Secrets in Secrets Manager or Parameter Store, for external secrets of every namespace. It needs the add-on
 * `ExternalSecrets`.
 *
 * @see https://external-secrets.io/latest/provider/aws-access/
 */
export class ClusterSecretStore extends Construct {
  /** The name, which external secrets refer to. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: ClusterSecretStoreProps) {
    super(scope, id);
    const { serviceAccount, serviceAccountNamespace, namespaces, namespaceLabels } = props;
    if (serviceAccountNamespace !== undefined && serviceAccount === undefined) {
      throw new Error(`"serviceAccountNamespace" is "${serviceAccountNamespace}" but "serviceAccount" is missing: give it, or leave both out`);
    }
    if (namespaces?.length === 0) {
      throw new Error('"namespaces" is empty: give at least one, or leave it out for all');
    }
    knownItems(namespaces).forEach(namespace => checkNamespace('namespaces', namespace));
    const conditions = [
      ...namespaces ? [{ namespaces }] : [],
      ...namespaceLabels ? [{ namespaceSelector: { matchLabels: sortKeys(checkLabels('namespaceLabels', namespaceLabels)) } }] : [],
    ];
    this.name = clusterScoped(awsSecretStore(this, {
      kind: 'ClusterSecretStore',
      options: props,
      serviceAccountNamespace,
      conditions: conditions.length > 0 ? conditions : undefined,
    })).name;
  }
}
