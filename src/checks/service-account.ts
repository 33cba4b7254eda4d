import { DeliveredObject, destination, HelmRelease } from './delivered';
import { Platform } from './platform';
import { Resource } from './resource';

/** What gives AWS permissions to service accounts: by the key of the cluster, namespace and name. */
export class ServiceAccountRoles {
  private readonly givenBy = new Map<string, Resource>();
  private readonly associations = new Map<string, Resource>();

  constructor(platform: Platform) {
    for (const { resource, clusterKey, manifest: { metadata } } of platform.ofKind('ServiceAccount')) {
      if (metadata?.annotations?.['eks.amazonaws.com/role-arn'] !== undefined) {
        this.givenBy.set(keyOf(clusterKey, metadata.namespace ?? 'default', metadata.name), resource);
      }
    }
    for (const resource of platform.ofType('AWS::EKS::PodIdentityAssociation')) {
      const key = keyOf(destination(platform, resource).clusterKey, resource.properties.Namespace, resource.properties.ServiceAccount);
      this.associations.set(key, resource);
      this.givenBy.set(key, resource);
    }
  }

  /** The association, or what delivers the annotated service account. */
  public of({ clusterKey }: DeliveredObject | HelmRelease, namespace: string, account: string): Resource | undefined {
    return this.givenBy.get(keyOf(clusterKey, namespace, account));
  }

  /** By Pod Identity alone. */
  public associationOf({ clusterKey }: DeliveredObject, namespace: string, account: string): Resource | undefined {
    return this.associations.get(keyOf(clusterKey, namespace, account));
  }
}

function keyOf(...parts: unknown[]): string {
  return parts.map(part => typeof part === 'string' ? part : JSON.stringify(part)).join('\n');
}
