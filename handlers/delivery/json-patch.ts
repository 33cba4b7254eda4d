import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { KubeError } from './kube-error';
import { Owner } from './owner';
import { log } from './request';

/** Others may write to an object while it is patched. */
const TRIES = 10;

export interface JsonPatch {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly name: string;
  /** Takes back what was applied before. */
  readonly restore: unknown;
  /** Absent: it is only taken back. */
  readonly apply?: unknown;
}

/**
 * A JSON patch, which adds to a list each time it is applied, applied once: in the same write an annotation of the object says by which request,
 * so that the same request does nothing the second time, another one takes it back first, and what was never applied is not taken back.
 */
export async function applyJsonPatch(client: KubeClient, owner: Owner, requestId: string, patch: JsonPatch): Promise<void> {
  const mark = `eks-slipway/patched-by-${owner.hash}`;
  for (let attempt = 1; ; attempt++) {
    const object = await client.get(patch.resource, patch.namespace, patch.name, 'metadata');
    const applied = object?.metadata.annotations?.[mark];
    if (patch.apply ? applied === requestId : object && applied === undefined) {
      log(patch.apply ? 'this request was dealt with before: nothing to do' : 'it is not applied: there is nothing to take back');
      return;
    }
    try {
      await client.patch(patch.resource, patch.namespace, patch.name, [
        { op: 'test', path: '/metadata/resourceVersion', value: object?.metadata.resourceVersion },
        ...object?.metadata.annotations ? [] : [{ op: 'add', path: '/metadata/annotations', value: {} }],
        { op: patch.apply ? 'add' : 'remove', path: `/metadata/annotations/${mark.replace('/', '~1')}`, value: requestId },
        ...applied === undefined ? [] : operations(patch.restore),
        ...operations(patch.apply),
      ], 'application/json-patch+json');
      return;
    } catch (error) {
      // The API server does not say which operation it was: if the object is another by now, it was the test of its version.
      const now = error instanceof KubeError && attempt < TRIES ? await client.get(patch.resource, patch.namespace, patch.name, 'metadata') : object;
      if (now?.metadata.resourceVersion === object?.metadata.resourceVersion) {
        throw error;
      }
    }
  }
}

function operations(patch: unknown): unknown[] {
  return Array.isArray(patch) ? patch : [];
}
