import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { describe, idOf, KubeObject, versionOf } from './objects';
import { waitUntilGone } from './remove';
import { logged } from './request';

/** `replace`: when a field cannot be changed in place, the object is deleted and made anew. */
export const ON_IMMUTABLE = 'eks-slipway/on-immutable';

export function mayBeReplaced(object: KubeObject): boolean {
  return object.metadata.annotations?.[ON_IMMUTABLE] === 'replace';
}

/** With these, more than the object itself would be lost. */
const NEVER: Record<string, string> = {
  PersistentVolumeClaim: 'its data would be lost',
  PersistentVolume: 'its data would be lost',
  Namespace: 'everything in it would go with it',
  CustomResourceDefinition: 'all objects of the kind would go with it',
};

/** Deletes this very object, so that `object` can be made in its place. Refuses where data would be lost. */
export async function makeRoom(client: KubeClient, resource: ApiResource, object: KubeObject, uid: string): Promise<void> {
  const id = idOf(object);
  const current = await client.get(resource, id.namespace, id.name);
  if (current?.metadata.uid !== uid) {
    return;
  }
  const reason = NEVER[id.kind] ?? (current.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete' ? 'it deletes its volume claims with itself' : undefined);
  if (reason) {
    throw new Error(`${describe(id)} cannot be replaced, although ${ON_IMMUTABLE} is "replace": ${reason}. Give it a new name`);
  }
  // A StatefulSet with the same selector takes its pods over and renews them one by one.
  const takesOver = id.kind === 'StatefulSet' && JSON.stringify(current.spec.selector) === JSON.stringify(object.spec?.selector);
  await logged('deleted, to be made anew,', describe(id), () => client.delete(resource, id.namespace, id.name, { uid }, takesOver ? 'Orphan' : 'Foreground'));
  await waitUntilGone(client, resource, { ...id, version: versionOf(object.apiVersion) }, uid);
}
