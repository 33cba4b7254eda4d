import { scriptedClient } from './scripted-client';
import { KubeError } from '../../handlers/delivery/kube-error';
import { survey } from '../../handlers/delivery/survey';

afterEach(() => jest.restoreAllMocks());

const core = { resources: [{ name: 'configmaps', kind: 'ConfigMap', namespaced: true }, { name: 'nodes', kind: 'Node', namespaced: false }] };
const id = (name: string, namespace = 'shop', kind = 'ConfigMap') => ({ group: '', version: 'v1', kind, namespace, name });
const many = (count: number) => Array.from({ length: count }, (_, i) => id(`a-${i}`));
const METADATA = /as=PartialObjectMetadata(List)?;/;

const noSuchObject = KubeError.ofResponse(404, { message: 'not found', details: { name: 'it' } }, undefined);

/** A client of a cluster that answers by paths. */
function clusterOf(documents: Record<string, unknown>) {
  const answers: Record<string, unknown> = { '/api/v1': core, ...documents };
  return scriptedClient(({ path }) => answers[path] ?? (path.startsWith('/api/v1/') ? noSuchObject : undefined));
}

test('what is there is found by its key, as metadata, and says what it is', async () => {
  const { client, sent } = clusterOf({
    '/api/v1/namespaces/shop/configmaps/a': { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: { name: 'a', uid: 'u-a' } },
    '/api/v1/namespaces/other/configmaps/a': { metadata: { name: 'a', uid: 'u-other' } },
    '/api/v1/nodes/n': { metadata: { name: 'n', uid: 'u-n' } },
  });
  const found = await survey(client, [id('a'), id('gone'), id('a', 'other'), id('n', '', 'Node')]);
  expect([...found.entries()].sort()).toEqual([
    ['core/ConfigMap/other/a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', uid: 'u-other' } }],
    ['core/ConfigMap/shop/a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', uid: 'u-a' } }],
    ['core/Node//n', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', uid: 'u-n' } }],
  ]);
  expect(sent.slice(1).map(({ accept }) => accept)).toEqual(Array(4).fill(expect.stringMatching(METADATA)));
});

test('what the cluster does not serve is absent', async () => {
  const { client } = clusterOf({});
  expect((await survey(client, [{ group: 'example.com', version: 'v1', kind: 'Thing', namespace: 'shop', name: 'x' }])).size).toBe(0);
});

test('nineteen of a kind in a namespace are asked for one by one', async () => {
  const { client, paths } = clusterOf({ '/api/v1/namespaces/shop/configmaps/a-7': { metadata: { name: 'a-7' } } });
  expect([...(await survey(client, many(19))).keys()]).toEqual(['core/ConfigMap/shop/a-7']);
  expect(paths().slice(1).sort()).toEqual(many(19).map(({ name }) => `/api/v1/namespaces/shop/configmaps/${name}`).sort());
});

test('from twenty on they are listed', async () => {
  const { client, sent, paths } = clusterOf({ '/api/v1/namespaces/shop/configmaps': { items: [{ metadata: { name: 'a-7' } }, { metadata: { name: 'of-others' } }, { metadata: { name: 'a-9' } }] } });
  const found = await survey(client, many(20));
  expect([...found]).toEqual(['a-7', 'a-9'].map(name => [`core/ConfigMap/shop/${name}`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }]));
  expect(paths()).toEqual(['/api/v1', '/api/v1/namespaces/shop/configmaps']);
  expect(sent[1].accept).toMatch(METADATA);
});

const thing = (name: string) => ({ group: 'example.com', version: 'v1beta1', kind: 'Thing', namespace: 'shop', name });
const things = { resources: [{ name: 'things', kind: 'Thing', namespaced: true }] };

test.each<[string, number]>([['one by one', 1], ['listed', 20]])('what is no longer served in the version that was known (%s) is found in another', async (_title, count) => {
  let served = true;
  const { client, paths } = scriptedClient(({ path }) => {
    const [, version, rest] = /^\/apis\/example\.com(?:\/(v1|v1beta1))?(\/.*)?$/.exec(path)!;
    if (!version) {
      return { versions: [{ version: 'v1' }] };
    }
    if (!rest) {
      return version === 'v1' || served ? things : undefined;
    }
    served = false;
    return version === 'v1' ? { metadata: { name: 'x-0' }, items: [{ metadata: { name: 'x-0' } }] } : undefined;
  });
  const found = await survey(client, Array.from({ length: count }, (_, i) => thing(`x-${i}`)));
  expect(found.get('example.com/Thing/shop/x-0')).toMatchObject({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x-0' } });
  expect(paths().at(-1)).toMatch(/^\/apis\/example\.com\/v1\/namespaces\/shop\/things/);
});

test('what is no longer served in any version is absent', async () => {
  let served = true;
  const { client } = scriptedClient(({ path }) => {
    if (path.includes('/namespaces/')) {
      served = false;
    }
    return served && path === '/apis/example.com/v1beta1' ? things : undefined;
  });
  expect((await survey(client, [thing('x')])).size).toBe(0);
});

test('what cannot be looked at is an error, and not absent', async () => {
  const { client } = clusterOf({ '/api/v1/namespaces/shop/configmaps/a': KubeError.ofResponse(403, { message: 'not you' }, undefined) });
  await expect(survey(client, [id('a')])).rejects.toThrow('not you');
});
