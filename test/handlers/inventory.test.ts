import { scriptedClient } from './scripted-client';
import { Entry, Heirs, Inventory, otherOwnerIn, ownerOfHash } from '../../handlers/delivery/inventory';
import { KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';

const owner = new Owner('prod', '123456789012/eu-central-1/shop', 'Chart');
const LIST = '/api/v1/namespaces/kube-system/configmaps';
const PATH = `${LIST}/eks-slipway-${owner.hash}`;

const web: Entry = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u-1' };
const api: Entry = { ...web, name: 'api', uid: 'u-2' };
const object = ({ name, uid }: { name: string; uid?: string }): KubeObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop', uid } });

/** An inventory as it is read back. */
function stored(of: Owner, entries: Entry[], more: object = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `eks-slipway-${of.hash}`, labels: { 'eks-slipway/owner': of.hash }, annotations: { 'eks-slipway/inventory-of': of.toString() } },
    data: { objects: JSON.stringify(entries), requests: '["r-1"]', state: 'settled', ...more },
  };
}

async function read(found?: KubeObject) {
  const script = scriptedClient({ [`GET ${PATH}`]: found });
  return { ...script, inventory: await Inventory.read(script.client, owner) };
}

/** What stands in the cluster after the last write. */
function written(writes: () => { body?: unknown }[]): any {
  const { data } = writes().at(-1)!.body as KubeObject;
  return { objects: JSON.parse(data.objects), requests: JSON.parse(data.requests), state: data.state };
}

afterEach(() => jest.restoreAllMocks());

describe('an inventory', () => {
  test('that is not there is empty, and nothing is certain', async () => {
    const { inventory } = await read();
    expect([inventory.exists, inventory.entries, inventory.isConfirmed, inventory.isSettled, inventory.hasHandled('r-1')]).toEqual([false, [], false, false, false]);
  });

  test('is read as it was written', async () => {
    const { inventory, writes } = await read(stored(owner, [web]));
    expect([inventory.exists, inventory.entries, inventory.isConfirmed, inventory.isSettled]).toEqual([true, [web], true, true]);
    expect([inventory.hasHandled('r-1'), inventory.hasHandled('r-2')]).toEqual([true, false]);
    expect(inventory.entry({ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' })).toEqual(web);
    await inventory.write();
    expect(writes()).toEqual([expect.objectContaining({ method: 'PATCH', path: PATH, query: { fieldManager: 'the-client', force: 'true', fieldValidation: 'Strict' } })]);
    const { apiVersion, kind, metadata, data } = writes()[0].body as KubeObject;
    expect([apiVersion, kind]).toEqual(['v1', 'ConfigMap']);
    expect(metadata).toEqual({
      name: `eks-slipway-${owner.hash}`,
      namespace: 'kube-system',
      labels: { 'app.kubernetes.io/managed-by': 'eks-slipway', 'eks-slipway/owner': owner.hash },
      annotations: { 'eks-slipway/inventory-of': owner.toString() },
    });
    expect(data).toEqual(stored(owner, [web]).data);
  });

  test('from which somebody has taken its fields, or that is of a time when it had fewer, is one that is settled', async () => {
    for (const data of [undefined, {}]) {
      const { inventory } = await read({ ...stored(owner, []), data });
      expect([inventory.exists, inventory.entries, inventory.isConfirmed, inventory.isSettled]).toEqual([true, [], false, true]);
    }
  });

  test('says while a request is under way that it is pending, and settled at its good end', async () => {
    const { inventory, writes } = await read();
    await inventory.begin();
    expect([written(writes).state, inventory.exists, inventory.isSettled]).toEqual(['pending', true, false]);
    inventory.confirm('r-2');
    await inventory.write();
    expect(written(writes)).toEqual({ objects: [], requests: ['r-2'], state: 'settled' });
    expect(inventory.isSettled).toBe(true);
    await inventory.leave();
    expect([written(writes).state, inventory.isSettled]).toEqual(['leaving', false]);
  });

  test('that a request has left pending is not settled', async () => {
    expect((await read(stored(owner, [], { state: 'pending' }))).inventory.isSettled).toBe(false);
  });

  test('that is written without a request is settled', async () => {
    const { inventory, writes } = await read();
    await inventory.write();
    expect(written(writes).state).toBe('settled');
  });

  test('that is not there is neither left nor deleted', async () => {
    const { inventory, writes } = await read();
    await inventory.leave();
    await inventory.delete();
    expect([writes(), inventory.exists]).toEqual([[], false]);
  });

  test('is deleted once', async () => {
    const { inventory, writes } = await read(stored(owner, []));
    await inventory.delete();
    await inventory.delete();
    expect(writes()).toEqual([expect.objectContaining({ method: 'DELETE', path: PATH, body: expect.objectContaining({ propagationPolicy: 'Background' }) })]);
    expect(inventory.exists).toBe(false);
  });

  test('remembers the last ten requests, each once', async () => {
    const { inventory, writes } = await read();
    ['r-1', ...Array.from({ length: 10 }, (_, i) => `r-${i + 1}`), 'r-3'].forEach(id => inventory.confirm(id));
    await inventory.write();
    expect(written(writes).requests).toEqual(['r-1', 'r-2', 'r-4', 'r-5', 'r-6', 'r-7', 'r-8', 'r-9', 'r-10', 'r-3']);
    inventory.confirm('r-11');
    expect([inventory.hasHandled('r-1'), inventory.hasHandled('r-2')]).toEqual([false, true]);
  });

  test('of a resource that left its objects behind says of each to another of the same name that it was there before', async () => {
    const { inventory } = await read(stored(owner, [web, api]));
    inventory.inherit();
    expect([inventory.isConfirmed, inventory.hasHandled('r-1')]).toEqual([false, false]);
    expect(inventory.entries).toEqual([{ ...web, adopted: true }, { ...api, adopted: true }]);
  });
});

describe('what is intended is listed', () => {
  const listed = async (found: { adopted: boolean; from?: string; uid?: string }, known: Partial<Entry> = {}) => {
    const { inventory } = await read(stored(owner, Object.keys(known).length > 0 ? [{ ...web, ...known }] : []));
    inventory.intend(object(web), found);
    return inventory.entries;
  };

  test('with the identity it was found with', async () => {
    expect(await listed({ adopted: false })).toEqual([{ ...web, uid: undefined }]);
    expect(await listed({ adopted: false, uid: 'u-3' })).toEqual([{ ...web, uid: 'u-3' }]);
    expect(await listed({ adopted: false, uid: 'u-3' }, { uid: 'u-1' })).toEqual([{ ...web, uid: 'u-3' }]);
  });

  test('as there before when it is adopted now, or was by a request that has not ended', async () => {
    expect(await listed({ adopted: true, uid: 'u-1' })).toEqual([{ ...web, adopted: true }]);
    expect(await listed({ adopted: false, uid: 'u-1' }, { adopted: true })).toEqual([{ ...web, adopted: true }]);
  });

  test('with whose it was before, also by a request that has not ended, as long as it is the same object', async () => {
    expect(await listed({ adopted: false, uid: 'u-1', from: 'Old' })).toEqual([{ ...web, from: 'Old' }]);
    expect(await listed({ adopted: false, uid: 'u-1' }, { from: 'Old' })).toEqual([{ ...web, from: 'Old' }]);
    expect(await listed({ adopted: false, uid: 'u-1', from: 'Older' }, { from: 'Old' })).toEqual([{ ...web, from: 'Older' }]);
    expect(await listed({ adopted: false, uid: 'u-3' }, { from: 'Old' })).toEqual([{ ...web, uid: 'u-3' }]);
    expect(await listed({ adopted: false }, { from: 'Old', uid: undefined })).toEqual([{ ...web, uid: undefined }]);
  });
});

describe('an entry', () => {
  test('that is there already stays as it is when what is known from elsewhere is added', async () => {
    const { inventory } = await read(stored(owner, [web]));
    inventory.add([{ ...web, uid: 'other' }, api]);
    expect(inventory.entries).toEqual([web, api]);
  });

  test('that is put takes the place of the one before, but for what that one was before the request', async () => {
    const { inventory } = await read(stored(owner, [web]));
    inventory.put({ ...web, revision: 2 });
    inventory.put(api);
    expect(inventory.entries).toEqual([{ ...web, revision: 2 }, api]);
    for (const before of [{ adopted: true, revision: 3 }, { from: 'Old', revision: 4 }]) {
      const again = (await read(stored(owner, [{ ...web, ...before }]))).inventory;
      again.put({ ...web, going: true, revision: 9 });
      expect(JSON.parse(JSON.stringify(again.entries))).toEqual([{ ...web, going: true, ...before }]);
    }
  });

  test('gets the identity of what was applied; what nobody intended is not listed', async () => {
    const { inventory } = await read();
    inventory.intend(object(web), { adopted: false });
    inventory.applied(object({ name: 'web', uid: 'u-9' }));
    inventory.applied(object(api));
    expect(inventory.entries).toEqual([{ ...web, uid: 'u-9' }]);
  });

  test('is dropped alone', async () => {
    const { inventory } = await read(stored(owner, [web, api]));
    inventory.drop([web]);
    expect(inventory.entries).toEqual([api]);
  });

  test('is nobody else\'s any more when the request has come to a good end', async () => {
    const { inventory } = await read(stored(owner, [{ ...web, adopted: true }, { ...api, from: 'Old' }]));
    inventory.confirm('r-2');
    expect(inventory.entries).toEqual([web, api]);
  });
});

describe('among others', () => {
  const sibling = owner.siblingCalled('Sibling');
  const stranger = new Owner('prod', '123456789012/eu-central-1/other', 'Chart');
  const listing = (...items: KubeObject[]) => scriptedClient({ [`GET ${LIST}`]: { items } });

  test('somebody delivers into a namespace, if it is not the one who asks', async () => {
    const { client, sent } = listing(stored(owner, [web]), { ...stored(sibling, []), data: undefined }, stored(stranger, [{ ...web, namespace: 'else' }, web]));
    expect(await otherOwnerIn(client, 'shop', owner)).toBe(stranger.toString());
    expect(await otherOwnerIn(client, 'nowhere', owner)).toBeUndefined();
    expect(await otherOwnerIn(client, 'shop', stranger)).toBe(owner.toString());
    expect(sent[0].query).toMatchObject({ labelSelector: 'app.kubernetes.io/managed-by=eks-slipway' });
  });

  test('what has lost its labels is somebody\'s still', async () => {
    const bare = { ...stored(stranger, [web]), metadata: { name: 'x' } };
    expect(await otherOwnerIn(listing(bare).client, 'shop', owner)).toBe('');
  });

  const heirs = async (...items: KubeObject[]) => Heirs.of(listing(...items).client, owner);

  test('an heir is who lists this very object and is of the same stack', async () => {
    const all = await heirs(stored(owner, [web, api]), stored(stranger, [api]), stored(sibling, [web, { ...api, name: 'new', uid: undefined }]));
    expect(all.heirTo(web)?.logicalId).toBe('Sibling');
    expect(all.heirTo({ ...web, uid: 'other' })).toBeUndefined();
    expect(all.heirTo(api)).toBeUndefined();
    expect(all.heirTo({ ...api, name: 'new', uid: undefined })?.logicalId).toBe('Sibling');
    expect(all.heirTo({ ...api, name: 'new' })).toBeUndefined();
  });

  test('one who is about to take it is an heir, one who goes is none, and one whose state nobody has written is', async () => {
    expect((await heirs(stored(sibling, [web], { state: 'pending' }))).heirTo(web)).toBeDefined();
    expect((await heirs(stored(sibling, [web], { state: 'leaving' }))).heirTo(web)).toBeUndefined();
    expect((await heirs(stored(sibling, [web], { state: undefined }))).heirTo(web)).toBeDefined();
  });

  test('who stands behind a hash is told by the inventory, if there is one', async () => {
    const { client, sent } = scriptedClient({ [`GET ${PATH}`]: stored(owner, []), [`GET ${LIST}/eks-slipway-bare`]: { metadata: { name: 'eks-slipway-bare' } } });
    expect([await ownerOfHash(client, owner.hash), await ownerOfHash(client, 'nobody'), await ownerOfHash(client, 'bare')]).toEqual([owner.toString(), undefined, undefined]);
    expect(sent[0].accept).toContain('PartialObjectMetadata');
  });
});
