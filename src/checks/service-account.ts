import { destination, HelmRelease } from './delivered';
import type { Platform } from './platform';
import { Pod } from './pod';
import { Resource } from './resource';

/** Names the role of a service account, for IRSA. */
export const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** What gives AWS permissions to service accounts: by the key of the cluster, namespace and name. */
export class ServiceAccountRoles {
  private readonly givenBy = new Map<string, Resource>();
  private readonly associations = new Map<string, Resource>();

  constructor(platform: Platform) {
    for (const { resource, clusterKey, manifest: { metadata } } of platform.ofKind('ServiceAccount')) {
      if (metadata?.annotations?.[ROLE_ANNOTATION] !== undefined) {
        this.givenBy.set(keyOf(clusterKey, metadata.namespace ?? 'default', metadata.name), resource);
      }
    }
    for (const resource of platform.ofType('AWS::EKS::PodIdentityAssociation')) {
      const key = keyOf(destination(platform, resource).clusterKey, resource.properties.Namespace, resource.properties.ServiceAccount);
      this.associations.set(key, resource);
      this.givenBy.set(key, resource);
    }
  }

  /** The association, or what delivers the annotated service account, of a pod. */
  public ofPod({ object, namespace, serviceAccount }: Pod): Resource | undefined {
    return this.givenBy.get(keyOf(object.clusterKey, namespace, serviceAccount));
  }

  /** That of an account which a release makes beside itself. */
  public ofRelease({ clusterKey, namespace }: HelmRelease, account: string): Resource | undefined {
    return this.ofAccount(clusterKey, namespace, account);
  }

  /** That of an account by its name. */
  public ofAccount(clusterKey: string, namespace: string | undefined, account: string): Resource | undefined {
    return this.givenBy.get(keyOf(clusterKey, namespace, account));
  }

  /** By Pod Identity alone. */
  public associationOf({ object, namespace, serviceAccount }: Pod): Resource | undefined {
    return this.associations.get(keyOf(object.clusterKey, namespace, serviceAccount));
  }
}

function keyOf(...parts: unknown[]): string {
  return JSON.stringify(parts);
}
