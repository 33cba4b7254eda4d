import { loggedLines } from './logged-lines';
import { scriptedClient } from './scripted-client';
import { ApiResource } from '../../handlers/delivery/discovery';
import { change, listKind, removeOnce } from '../../handlers/delivery/kinds';
import { KubeError } from '../../handlers/delivery/kube-error';

const POOL = { group: 'karpenter.sh', version: 'v1', kind: 'NodePool' };
const PODS = new ApiResource('', 'v1', 'Pod', 'pods', true);
const NODES = new ApiResource('', 'v1', 'Node', 'nodes', false);
const pod = (more: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop', uid: 'u-1', ...more } });
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', uid: 'u-2' } };

const logs = loggedLines();

describe('the objects of a kind', () => {
  test('are those of all namespaces, and say what they are', async () => {
    const { client, paths } = scriptedClient(({ path }) => ({
      '/apis/karpenter.sh': { versions: [{ version: 'v1beta1' }] },
      '/apis/karpenter.sh/v1beta1': { resources: [{ name: 'nodepools', kind: 'NodePool', namespaced: true }] },
      '/apis/karpenter.sh/v1beta1/nodepools': { items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' }, spec: {} }] },
    } as Record<string, unknown>)[path]);
    const { resource, objects } = await listKind(client, POOL);
    expect(resource).toMatchObject({ version: 'v1beta1', plural: 'nodepools' });
    expect(objects).toEqual([
      { apiVersion: 'karpenter.sh/v1beta1', kind: 'NodePool', metadata: { name: 'a' } }, { apiVersion: 'karpenter.sh/v1beta1', kind: 'NodePool', metadata: { name: 'b' }, spec: {} },
    ]);
    expect(paths().at(-1)).toBe('/apis/karpenter.sh/v1beta1/nodepools');
  });

  test('are none where the cluster does not serve it', async () => {
    const { client } = scriptedClient(() => undefined);
    expect(await listKind(client, POOL)).toEqual({ resource: undefined, objects: [] });
  });
});

const error = (status: number) => KubeError.ofResponse(status, { message: `refused with ${status}` }, undefined);

describe('an object is removed', () => {
  test('only if it is this very one', async () => {
    const { client, sent } = scriptedClient(() => ({}));
    await removeOnce(client, PODS, pod());
    await removeOnce(client, NODES, node);
    expect(sent).toMatchObject([
      { method: 'DELETE', path: '/api/v1/namespaces/shop/pods/p', body: { propagationPolicy: 'Background', preconditions: { uid: 'u-1' } } },
      { method: 'DELETE', path: '/api/v1/nodes/n', body: { preconditions: { uid: 'u-2' } } },
    ]);
    expect(logs).toEqual([expect.stringMatching(/^deleted Pod shop\/p \d+ ms$/), expect.stringMatching(/^deleted Node n \d+ ms$/)]);
  });

  test('once', async () => {
    const { client, sent } = scriptedClient(() => ({}));
    await removeOnce(client, PODS, pod({ deletionTimestamp: '2026-01-01T00:00:00Z' }));
    expect([sent, logs]).toEqual([[], []]);
  });

  test.each([404, 409])('by somebody else at the same time: no error (%d)', async status => {
    const { client, sent } = scriptedClient(() => error(status));
    await removeOnce(client, PODS, pod());
    expect(sent).toHaveLength(1);
  });

  test('or the refusal is handed on', async () => {
    await expect(removeOnce(scriptedClient(() => error(403)).client, PODS, pod())).rejects.toThrow('refused with 403');
    await expect(removeOnce(scriptedClient(() => Object.assign(new Error('broken'), { status: 404 })).client, PODS, pod())).rejects.toThrow('broken');
  });
});

describe('an object is changed', () => {
  test('only if it is this very one', async () => {
    const { client, sent } = scriptedClient(() => ({}));
    await change(client, PODS, pod(), { spec: { paused: true } });
    await change(client, NODES, node, {});
    expect(sent).toMatchObject([
      { method: 'PATCH', path: '/api/v1/namespaces/shop/pods/p', contentType: 'application/merge-patch+json', body: { spec: { paused: true }, metadata: { uid: 'u-1' } } },
      { method: 'PATCH', path: '/api/v1/nodes/n', body: { metadata: { uid: 'u-2' } } },
    ]);
  });

  test.each([404, 409])('unless it is gone by now, or another (%d)', async status => change(scriptedClient(() => error(status)).client, PODS, pod(), {}));

  test('or the refusal is handed on', async () => {
    await expect(change(scriptedClient(() => error(422)).client, PODS, pod(), {})).rejects.toThrow('refused with 422');
  });
});
