import { contentOf, GivenCluster, revision } from './given-cluster';
import { loggedLines } from './logged-lines';
import { HelmRecord } from '../../handlers/delivery/helm-record';

const PATH = '/api/v1/namespaces/shop/secrets/sh.helm.release.v1.web.v2';
const CONFIG = `# Source: web/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  text: |
    --- this separates nothing
    apiVersion: nothing/v0`;
const THING = `# Source: web/templates/thing.yaml
kind: Thing
apiVersion:   "example.com/v1beta1"
metadata:
  name: web
  namespace: elsewhere
spec:
  template:
    apiVersion: example.com/v1beta1`;
const GONE = 'apiVersion: gone.example.com/v1\nkind: Gone\nmetadata:\n  name: web';
const SPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: other\n  namespace: shop';

const logs = loggedLines();

/** A record of these documents, as helm separates them. */
async function recordOf(documents: string[], method?: string): Promise<{ cluster: GivenCluster; record: HelmRecord }> {
  const cluster = new GivenCluster(revision('web', 2, { manifest: documents.map(text => `---\n${text}\n`).join(''), method }));
  return { cluster, record: (await HelmRecord.read(cluster.client, 'shop', 'web', 2))! };
}

test('there is no record of a revision that is not there', async () => {
  const cluster = new GivenCluster(revision('web', 2));
  expect(await HelmRecord.read(cluster.client, 'shop', 'web', 1)).toBeUndefined();
  expect(await HelmRecord.read(cluster.client, 'shop', 'site', 2)).toBeUndefined();
  expect(await HelmRecord.read(cluster.client, 'other', 'web', 2)).toBeUndefined();
});

test.each([['ssa', true], ['csa', false], [undefined, false]])('a revision with the method %s is applied by the server: %s', async (method, expected) => {
  expect((await recordOf([CONFIG], method)).record.isAppliedByServer).toBe(expected);
});

test('its objects are those of kinds that are served, in the namespaces where they are', async () => {
  const { record } = await recordOf([CONFIG, THING, GONE, SPACE, '# nothing at all', 'just a text', 'kind: Thing\nmetadata: { name: web }', 'apiVersion: v1\nkind: ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}']);
  expect(await record.objects()).toEqual([
    { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web' },
    { group: 'example.com', version: 'v1beta1', kind: 'Thing', namespace: 'elsewhere', name: 'web' },
    { group: '', version: 'v1', kind: 'Namespace', namespace: '', name: 'other' },
  ]);
});

test('a record of what is served as it stands there is left as it is', async () => {
  const { cluster, record } = await recordOf([CONFIG, SPACE, '# nothing at all', 'just a text']);
  expect(await record.mend()).toBe(false);
  expect(cluster.written).toEqual([]);
  expect(logs).toEqual([]);
});

test('what is served in another version is written down in that one, and nothing else is changed', async () => {
  const { cluster, record } = await recordOf([CONFIG, '# nothing at all', THING]);
  expect(await record.mend()).toBe(true);
  expect(cluster.written).toEqual([PATH]);
  expect(contentOf(cluster.at(PATH)!)).toEqual({
    name: 'web', version: 2, manifest: [CONFIG, '# nothing at all', THING.replace('  "example.com/v1beta1"', 'example.com/v1')].map(text => `---\n${text}\n`).join(''),
  });
  expect(cluster.at(PATH)!.metadata.labels).toMatchObject({ owner: 'helm', status: 'deployed' });
  expect(logs).toEqual(['written down as example.com/v1: Thing elsewhere/web of sh.helm.release.v1.web.v2']);
});

test('what a document says of versions before it says its own is not touched', async () => {
  const text = 'spec:\n  apiVersion: example.com/v0\nkind: Thing\nmetadata: { name: web }\napiVersion: example.com/';
  const { cluster, record } = await recordOf([`${text}v1beta1`]);
  await record.mend();
  expect(contentOf(cluster.at(PATH)!).manifest).toBe(`---\n${text}v1\n`);
});

test.each(['"apiVersion": example.com/v1beta1', '\'apiVersion\': \'example.com/v1beta1\''])('in whatever way the version is written: %s', async line => {
  const { cluster, record } = await recordOf([`${line}\nkind: Thing\nmetadata: { name: web }`]);
  await record.mend();
  expect(contentOf(cluster.at(PATH)!).manifest).toBe(`---\n${line.split(':')[0]}: example.com/v1\nkind: Thing\nmetadata: { name: web }\n`);
  expect(await record.mend()).toBe(false);
});

test('what is not served at all is forgotten', async () => {
  const { cluster, record } = await recordOf([GONE, CONFIG, GONE]);
  expect(await record.mend()).toBe(true);
  expect(contentOf(cluster.at(PATH)!).manifest).toBe(`---\n${CONFIG}\n`);
  expect(logs).toEqual(Array(2).fill('forgot Gone web of sh.helm.release.v1.web.v2: the cluster no longer knows its kind'));
});

test('a record that is one document without a separator, or has words after one, is read too', async () => {
  const cluster = new GivenCluster(revision('web', 1, { manifest: GONE }), revision('web', 2, { manifest: `\n--- # Source: one\n${GONE}\n---\t\n\n---\n${CONFIG}\n` }));
  await (await HelmRecord.read(cluster.client, 'shop', 'web', 1))!.mend();
  await (await HelmRecord.read(cluster.client, 'shop', 'web', 2))!.mend();
  expect(contentOf(cluster.at(PATH.replace('v2', 'v1'))!).manifest).toBe('');
  expect(contentOf(cluster.at(PATH)!).manifest).toBe(`---\n${CONFIG}\n`);
});
