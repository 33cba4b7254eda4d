import { CLAIM, claimOf, isClaimedBy } from './claim';
import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { KubeError } from './kube-error';
import { describe, KubeObject, ObjectId } from './objects';
import { Owner } from './owner';
import { logged } from './request';

/** Others may write to an object while it is moved. */
const TRIES = 10;

/** Hands the claim on, as the object is. What the one has applied counts as applied by the other. False if it was not the one's any more. */
export async function passOn(client: KubeClient, resource: ApiResource, id: ObjectId, from: Owner, to: Owner): Promise<boolean> {
  return logged(`passed on from "${from.logicalId}" to "${to.logicalId}"`, describe(id), () => untilSettled(client, resource, id, from, async object => {
    await patch(client, resource, object, to, [...renamed(object, from, to), { op: 'replace', path: CLAIM_PATH, value: claimOf(to, id) }]);
  }));
}

/** Hands the claim on and the object back to what it was, both in one write. */
export async function giveBack(client: KubeClient, resource: ApiResource, id: ObjectId, from: Owner, to: Owner, content: KubeObject): Promise<void> {
  await logged(`given back from "${from.logicalId}" to "${to.logicalId}"`, describe(id), () => untilSettled(client, resource, id, from, async found => {
    // First the fields are the other's: what is not in the content goes then.
    const renames = renamed(found, from, to);
    const object = renames.length > 0 ? await patch(client, resource, found, to, renames) : found;
    const { uid, resourceVersion } = object.metadata;
    const annotations = { ...content.metadata.annotations, [CLAIM]: claimOf(to, id) };
    await client.apply(resource, {
      ...content, apiVersion: resource.apiVersion, metadata: { ...content.metadata, annotations, uid, resourceVersion },
    }, { force: true, validation: 'Ignore', fieldManager: to.fieldManager });
  }));
}

const CLAIM_PATH = `/metadata/annotations/${CLAIM.replace('/', '~1')}`;

interface Operation {
  readonly op: 'test' | 'replace';
  readonly path: string;
  readonly value: unknown;
}

/** Tries until the claim is no longer the one's, whoever has seen to it. */
async function untilSettled(
  client: KubeClient, resource: ApiResource, id: ObjectId, from: Owner, move: (object: KubeObject) => Promise<void>,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const object = await client.get(resource, id.namespace, id.name);
    if (!object || !isClaimedBy(object, from)) {
      return false;
    }
    try {
      await move(object);
      return true;
    } catch (error) {
      if (!(error instanceof KubeError && (error.hasChangedMeanwhile || error.status === 404)) || attempt === TRIES) {
        throw new Error(`${describe(id)} cannot be taken from ${from.describe()}: ${(error as Error).message}`);
      }
    }
  }
}

async function patch(client: KubeClient, resource: ApiResource, object: KubeObject, to: Owner, operations: Operation[]): Promise<KubeObject> {
  const { namespace = '', name, uid, annotations } = object.metadata;
  const tests: Operation[] = [{ op: 'test', path: '/metadata/uid', value: uid }, { op: 'test', path: CLAIM_PATH, value: annotations![CLAIM] }];
  return client.patch(resource, namespace, name, [...tests, ...operations], 'application/json-patch+json', to.fieldManager);
}

/** One field manager in the place of another. */
function renamed({ metadata }: KubeObject, from: Owner, to: Owner): Operation[] {
  return (metadata.managedFields ?? []).flatMap(({ manager, operation }: any, i: number): Operation[] => {
    const path = `/metadata/managedFields/${i}`;
    return manager === from.fieldManager && operation === 'Apply' ? [
      { op: 'test', path: `${path}/manager`, value: manager },
      { op: 'test', path: `${path}/operation`, value: operation },
      { op: 'replace', path: `${path}/manager`, value: to.fieldManager },
    ] : [];
  });
}
