import { each } from './concurrency';
import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { KubeObject, ObjectId, keyOf } from './objects';

/** From this many objects of a kind in a namespace on, one list is cheaper than asking for each. */
const LIST_FROM = 20;

/** What the cluster holds now under these names: metadata only, by key. What is not there, or not served, is absent from the result. */
export async function survey(client: KubeClient, ids: readonly (ObjectId & { readonly version: string })[]): Promise<Map<string, KubeObject>> {
  const groups = new Map<string, { resource: ApiResource; ids: ObjectId[] }>();
  for (const id of ids) {
    const resource = await client.discovery.findAny(id.group, id.version, id.kind);
    if (resource) {
      const name = [id.group, id.kind, id.namespace].join('/');
      groups.set(name, { resource, ids: [...groups.get(name)?.ids ?? [], id] });
    }
  }
  const found = new Map<string, KubeObject>();
  const note = (id: ObjectId, resource: ApiResource, object: KubeObject | undefined) => {
    if (object) {
      // The server names the kind of the answer, not of the object.
      found.set(keyOf(id), { ...object, apiVersion: resource.apiVersion, kind: resource.kind });
    }
  };
  for (const { resource, ids: members } of groups.values()) {
    await look(resource, members);
    if (!client.discovery.knows(resource)) {
      // Its definition has changed since we learned of it.
      const { group, version, kind } = resource;
      const other = await client.discovery.findAny(group, version, kind);
      await (other && look(other, members));
    }
  }
  return found;

  async function look(resource: ApiResource, members: ObjectId[]): Promise<void> {
    if (members.length >= LIST_FROM) {
      const all = await client.list(resource, members[0].namespace, { metadata: true });
      const byName = new Map(all.map(object => [object.metadata.name, object]));
      members.forEach(id => note(id, resource, byName.get(id.name)));
    } else {
      await each(members, async id => note(id, resource, await client.get(resource, id.namespace, id.name, 'metadata')));
    }
  }
}
