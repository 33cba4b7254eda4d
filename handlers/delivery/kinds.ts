import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { KubeError } from './kube-error';
import { describe, idOf, KubeObject } from './objects';
import { logged } from './request';

/** A kind that a cluster may or may not serve. */
export interface Kind {
  readonly group: string;
  /** Another one is taken where this is not served. */
  readonly version: string;
  readonly kind: string;
}

/** All objects of a kind, and how it is addressed; none where the cluster does not serve it. */
export async function listKind(client: KubeClient, { group, version, kind }: Kind): Promise<{ resource?: ApiResource; objects: KubeObject[] }> {
  const resource = await client.discovery.findAny(group, version, kind);
  const items = resource ? await client.list(resource, '') : [];
  // The items of a list do not say what they are.
  return { resource, objects: items.map(item => ({ ...item, apiVersion: resource!.apiVersion, kind })) };
}

/** Asks for the removal of this very object, unless somebody else has, or does so just now. */
export async function removeOnce(client: KubeClient, resource: ApiResource, object: KubeObject): Promise<void> {
  const { name, namespace, uid, deletionTimestamp } = object.metadata;
  if (deletionTimestamp) {
    return;
  }
  await logged('deleted', describe(idOf(object)), () => ignoreChanged(client.delete(resource, namespace ?? '', name, { uid }, 'Background')));
}

/** Changes this very object, unless it is gone by now. */
export async function change(client: KubeClient, resource: ApiResource, object: KubeObject, patch: object): Promise<void> {
  const { name, namespace, uid } = object.metadata;
  await ignoreChanged(client.patch(resource, namespace ?? '', name, { ...patch, metadata: { uid } }, 'application/merge-patch+json'));
}

/** The next round sees what has become of it. */
async function ignoreChanged(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof KubeError && (error.status === 404 || error.status === 409))) {
      throw error;
    }
  }
}
