import { refusal, scriptedClient, timeByWaiting } from './scripted-client';
import { ApiResource } from '../../handlers/delivery/discovery';
import { KubeObject } from '../../handlers/delivery/objects';
import { makeRoom, mayBeReplaced } from '../../handlers/delivery/replace';

const PATH = '/apis/apps/v1/namespaces/shop/statefulsets/db';
const resource = new ApiResource('apps', 'v1', 'StatefulSet', 'statefulsets', true);

function object(spec?: object, more: object = {}): KubeObject {
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', namespace: 'shop', uid: 'u-1' }, spec, ...more };
}

beforeEach(() => {
  timeByWaiting();
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

test('what may be replaced says so itself', () => {
  const annotated = (annotations?: Record<string, string>): KubeObject => ({ ...object(), metadata: { name: 'db', annotations } });
  const given: (Record<string, string> | undefined)[] = [{ 'eks-slipway/on-immutable': 'replace' }, { 'eks-slipway/on-immutable': 'keep' }, {}, undefined];
  expect(given.map(annotations => mayBeReplaced(annotated(annotations)))).toEqual([true, false, false, false]);
});

test.each<[string, string, any]>([
  ['PersistentVolumeClaim', 'its data would be lost', {}],
  ['PersistentVolume', 'its data would be lost', {}],
  ['Namespace', 'everything in it would go with it', {}],
  ['CustomResourceDefinition', 'all objects of the kind would go with it', {}],
  ['StatefulSet', 'it deletes its volume claims with itself', { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }],
])('a %s is not replaced: %s', async (kind, reason, spec) => {
  const { client, writes } = scriptedClient({ [`GET ${PATH}`]: object(spec) });
  await expect(makeRoom(client, resource, object(undefined, { kind }), 'u-1')).rejects.toThrow(
    `${kind} shop/db cannot be replaced, although eks-slipway/on-immutable is "replace": ${reason}. Give it a new name`);
  expect(writes()).toEqual([]);
});

async function deletion(found: KubeObject, wanted: KubeObject): Promise<any> {
  const { client, writes } = scriptedClient({ [`GET ${PATH}`]: [found, found, undefined] });
  await makeRoom(client, resource, wanted, 'u-1');
  expect(writes()).toEqual([expect.objectContaining({ method: 'DELETE', path: PATH })]);
  return writes()[0].body;
}

test('this very object is deleted, and its dependents before it', async () => {
  expect(await deletion(object({ selector: { a: '1' } }), object({ selector: { a: '2' } }))).toMatchObject({ propagationPolicy: 'Foreground', preconditions: { uid: 'u-1' } });
  expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/^deleted, to be made anew, StatefulSet shop\/db \d+ ms$/));
  expect(await deletion(object({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' }, selector: {} }), object())).toMatchObject({ propagationPolicy: 'Foreground' });
  // The pods of a Job are those of this one.
  expect(await deletion(object({ selector: { a: '1' } }), object({ selector: { a: '1' } }, { kind: 'Job' }))).toMatchObject({ propagationPolicy: 'Foreground' });
  expect(await deletion(object(undefined), object(undefined, { kind: 'RoleBinding' }))).toMatchObject({ propagationPolicy: 'Foreground' });
});

test('the pods of a StatefulSet stay for the one that takes them over', async () => {
  expect(await deletion(object({ selector: { a: '1' } }), object({ selector: { a: '1' } }))).toMatchObject({ propagationPolicy: 'Orphan' });
});

test('it is waited for until the place is free', async () => {
  const { client, sent } = scriptedClient({ [`GET ${PATH}`]: [object({ selector: {} }), object(), object(), object(undefined, { metadata: { name: 'db', uid: 'u-2' } })] });
  await makeRoom(client, resource, object(), 'u-1');
  expect(sent.map(({ method }) => method)).toEqual(['GET', 'DELETE', 'GET', 'GET', 'GET']);
});

test('what is gone or another one by now is left alone', async () => {
  for (const found of [undefined, object({}, { metadata: { name: 'db', uid: 'u-2' } })]) {
    const { client, writes } = scriptedClient({ [`GET ${PATH}`]: found });
    await makeRoom(client, resource, object(), 'u-1');
    expect(writes()).toEqual([]);
  }
});

test('a refusal ends it', async () => {
  const { client } = scriptedClient({ [`GET ${PATH}`]: object({ selector: {} }), [`DELETE ${PATH}`]: refusal(403, 'not allowed') });
  await expect(makeRoom(client, resource, object(), 'u-1')).rejects.toThrow('not allowed');
});
