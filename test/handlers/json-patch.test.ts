import { loggedLines } from './logged-lines';
import { scriptedClient } from './scripted-client';
import { ApiResource } from '../../handlers/delivery/discovery';
import { applyJsonPatch } from '../../handlers/delivery/json-patch';
import { KubeError } from '../../handlers/delivery/kube-error';
import { Owner } from '../../handlers/delivery/owner';

const owner = new Owner('prod', '123456789012/eu-central-1/shop', 'Patch');
const MARK = `eks-slipway/patched-by-${owner.hash}`;
const MARK_PATH = `/metadata/annotations/eks-slipway~1patched-by-${owner.hash}`;
const resource = new ApiResource('apps', 'v1', 'Deployment', 'deployments', true);
const forth = [{ op: 'add', path: '/spec/args/-', value: '--x' }];
const back = [{ op: 'remove', path: '/spec/args/0' }];
const target = { resource, namespace: 'shop', name: 'web' };
const object = (annotations?: object, resourceVersion = '7') => ({ metadata: { name: 'web', resourceVersion, annotations } });

const logs = loggedLines();

/** A server that has these objects, one after the other as it is read, and answers patches so. */
function serverOf(reads: (object | undefined)[], ...patches: unknown[]) {
  const { client, sent } = scriptedClient(({ method }) => {
    const answers = method === 'GET' ? reads : patches;
    return answers.length > 1 ? answers.shift() : answers[0];
  });
  return { client, sent, written: () => sent.filter(({ method }) => method !== 'GET') };
}

const unchanged = { op: 'test', path: '/metadata/resourceVersion', value: '7' };

test('a patch is applied to the object as it was read, and marked as applied by this request', async () => {
  const { client, sent } = serverOf([object({ other: 'x' })], {});
  await applyJsonPatch(client, owner, 'r-1', { ...target, restore: back, apply: forth });
  expect(sent).toMatchObject([
    { method: 'GET', path: '/apis/apps/v1/namespaces/shop/deployments/web', accept: expect.stringContaining('PartialObjectMetadata') },
    { method: 'PATCH', path: '/apis/apps/v1/namespaces/shop/deployments/web', contentType: 'application/json-patch+json' },
  ]);
  expect(sent[1].body).toEqual([unchanged, { op: 'add', path: MARK_PATH, value: 'r-1' }, ...forth]);
  expect(logs).toEqual([]);
});

test('an object without annotations gets some', async () => {
  const { client, written } = serverOf([object()], {});
  await applyJsonPatch(client, owner, 'r-1', { ...target, restore: back, apply: forth });
  expect(written()[0].body).toEqual([unchanged, { op: 'add', path: '/metadata/annotations', value: {} }, { op: 'add', path: MARK_PATH, value: 'r-1' }, ...forth]);
});

test('the same request does nothing the second time', async () => {
  const { client, written } = serverOf([object({ [MARK]: 'r-1' })], {});
  await applyJsonPatch(client, owner, 'r-1', { ...target, restore: back, apply: forth });
  expect([written(), logs]).toEqual([[], ['this request was dealt with before: nothing to do']]);
});

test('another request takes back what was applied before, in the same write', async () => {
  const { client, written } = serverOf([object({ [MARK]: 'r-1' })], {});
  await applyJsonPatch(client, owner, 'r-2', { ...target, restore: back, apply: forth });
  expect(written()[0].body).toEqual([unchanged, { op: 'add', path: MARK_PATH, value: 'r-2' }, ...back, ...forth]);
});

test('what was applied is taken back with its mark', async () => {
  const { client, written } = serverOf([object({ [MARK]: 'r-1' })], {});
  await applyJsonPatch(client, owner, 'r-2', { ...target, restore: back });
  expect(written()[0].body).toMatchObject([unchanged, { op: 'remove', path: MARK_PATH }, ...back]);
});

test.each([[object({ other: 'x' })], [object()]])('what was never applied is not taken back: %j', async found => {
  const { client, written } = serverOf([found], {});
  await applyJsonPatch(client, owner, 'r-2', { ...target, restore: back });
  expect([written(), logs]).toEqual([[], ['it is not applied: there is nothing to take back']]);
});

test('a way back that is no list takes nothing back', async () => {
  const { client, written } = serverOf([object({ [MARK]: 'r-1' })], {});
  await applyJsonPatch(client, owner, 'r-2', { ...target, restore: {}, apply: forth });
  expect(written()[0].body).toEqual([unchanged, { op: 'add', path: MARK_PATH, value: 'r-2' }, ...forth]);
});

const refused = KubeError.ofResponse(422, { message: 'the server rejected our request due to an error in our request' }, undefined);
const gone = KubeError.ofResponse(404, { message: 'deployments.apps "web" not found', details: { name: 'web' } } as object, undefined);

test('on a write of somebody else in between it is tried again on what there is now', async () => {
  const { client, sent, written } = serverOf([object({}, '7'), object({}, '8'), object({}, '9')], refused, {});
  await applyJsonPatch(client, owner, 'r-1', { ...target, restore: back, apply: forth });
  expect(sent.filter(({ method }) => method === 'GET').map(({ accept }) => accept)).toEqual(Array(3).fill(expect.stringContaining('PartialObjectMetadata')));
  expect(written().map(({ body }: any) => body[0].value)).toEqual(['7', '9']);
});

test('somebody who writes again and again wins after ten tries', async () => {
  let version = 7;
  const { client, sent } = scriptedClient(({ method }) => method === 'GET' ? object({}, String(version++)) : refused);
  await expect(applyJsonPatch(client, owner, 'r-1', { ...target, restore: back, apply: forth })).rejects.toBe(refused);
  expect(sent.filter(({ method }) => method === 'PATCH')).toHaveLength(10);
});

test.each<[string, unknown, object | undefined]>([
  ['that the server refuses', refused, object({})], ['of what is not there', gone, undefined], ['that fails otherwise', new Error('broken'), object({})],
])('a patch %s is an error at once', async (_title, error, found) => {
  const { client, written } = serverOf([found], error);
  await expect(applyJsonPatch(client, owner, 'r-1', { ...target, restore: back, apply: forth })).rejects.toBe(error);
  expect(written()).toHaveLength(1);
});

test('an error that is none of the API server\'s is an error, whatever the object is by then', async () => {
  const { client } = serverOf([object({}, '7'), object({}, '8')], new Error('broken'), {});
  await expect(applyJsonPatch(client, owner, 'r-1', { ...target, restore: back, apply: forth })).rejects.toThrow('broken');
});
