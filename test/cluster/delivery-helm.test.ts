import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import JSZip from 'jszip';
import { Answer, configMap, DeliveryRig, namespace, Resource } from './delivery-rig';
import { OciRegistry } from './oci-registry';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

const FIXTURE = join(__dirname, 'fixtures', 'web');
const CRD = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.fixture.example.com';
let rig: DeliveryRig;
let folder: string;

beforeAll(async () => {
  rig = await DeliveryRig.start();
  folder = mkdtempSync(join(tmpdir(), 'charts-'));
  rig.files.set('/assets/web-1.tgz', packaged('1.0.0'));
  rig.files.set('/assets/web-2.tgz', packaged('2.0.0', chart => {
    const crd = join(chart, 'crds', 'thing.yaml');
    writeFileSync(crd, readFileSync(crd, 'utf8').replace('size: { type: integer }', 'size: { type: integer }\n                colour: { type: string }'));
  }));
  rig.files.set('/assets/web.zip', await zipped(FIXTURE));
  // A chart repository is an index and the archives it names.
  const repository = join(folder, 'repository');
  execFileSync(process.env.HELM_PATH!, ['repo', 'index', repository]);
  rig.files.set('/repository/index.yaml', readFileSync(join(repository, 'index.yaml')));
  readdirSync(repository).filter(f => f.endsWith('.tgz')).forEach(f => rig.files.set(`/repository/${f}`, readFileSync(join(repository, f))));
});
afterAll(async () => {
  await rig?.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => { rig.logs.length = 0; });

function packaged(version: string, change: (chart: string) => void = () => undefined): Buffer {
  const chart = join(folder, version, 'web');
  cpSync(FIXTURE, chart, { recursive: true });
  change(chart);
  execFileSync(process.env.HELM_PATH!, ['package', chart, '--version', version, '--destination', join(folder, 'repository')]);
  return readFileSync(join(folder, 'repository', `web-${version}.tgz`));
}

async function zipped(source: string): Promise<Buffer> {
  const zip = new JSZip();
  for (const file of readdirSync(source, { recursive: true, withFileTypes: true }).filter(f => f.isFile())) {
    const path = join(file.parentPath ?? file.path, file.name);
    zip.file(path.slice(source.length + 1), readFileSync(path));
  }
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

let count = 0;
interface NewRelease {
  readonly resource: Resource;
  readonly ns: string;
  readonly properties: Record<string, unknown>;
}

/** A release with a namespace of its own. */
async function newRelease(type: string = RESOURCE_TYPES.HELM_RELEASE, make = true): Promise<NewRelease> {
  const ns = `helm-${++count}`;
  if (make) {
    await rig.make('/api/v1/namespaces', namespace(ns));
  }
  return {
    resource: rig.resource(type, `Release${count}`),
    ns,
    properties: { Release: 'web', Namespace: ns, ChartAsset: { Bucket: 'assets', Key: 'web-1.tgz' } },
  };
}

const values = (object: object) => ({ Content: { Parts: [JSON.stringify(object)] } });

async function expectSuccess(answer: Promise<Answer>): Promise<void> {
  const { Status, Reason } = await answer;
  expect({ Status, Reason }).toEqual({ Status: 'SUCCESS', Reason: undefined });
}

async function expectFailure(answer: Promise<Answer>, reason: RegExp): Promise<void> {
  const { Status, Reason } = await answer;
  expect(Reason).toMatch(reason);
  expect(Status).toBe('FAILED');
}

async function message(ns: string): Promise<string | undefined> {
  return (await rig.get(`/api/v1/namespaces/${ns}/configmaps/web`))?.data.message;
}

async function revisions(ns: string): Promise<string[]> {
  const { items } = await rig.get(`/api/v1/namespaces/${ns}/secrets?labelSelector=owner%3Dhelm`);
  return items.map((s: any) => s.metadata.labels.status);
}

test('a release is installed with its namespace and definitions, upgraded with them, and removed', async () => {
  const { resource, ns, properties } = await newRelease(undefined, false);
  await expectSuccess(resource.create({ ...properties, ...values({ message: 'one' }) }));
  expect(await message(ns)).toBe('one');
  expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).status.availableReplicas).toBe(1);

  await expectSuccess(resource.update({ ...properties, ChartAsset: { Bucket: 'assets', Key: 'web-2.tgz' }, ...values({ message: 'two' }) }));
  expect(await message(ns)).toBe('two');
  // helm alone would have left the definition as it was.
  expect((await rig.get(CRD)).spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.colour).toBeDefined();

  rig.files.delete('/assets/gone');
  await expectSuccess(resource.delete());
  expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
  expect(await rig.get(CRD)).toBeDefined();
  await rig.plane.request('DELETE', CRD);
});

test('"SkipCrds" is honoured, by our type and by CDK\'s', async () => {
  const ours = await newRelease();
  await expectSuccess(ours.resource.create({ ...ours.properties, SkipCrds: true }));
  const cdk = await newRelease(RESOURCE_TYPES.CDK_HELM);
  await expectSuccess(cdk.resource.create({ Release: 'web', Namespace: cdk.ns, ChartAssetURL: 's3://assets/web.zip', SkipCrds: true, Wait: true, Timeout: '60s', Values: '{"message":"zip"}' }));
  expect(await message(cdk.ns)).toBe('zip');
  expect(await rig.get(CRD)).toBeUndefined();
  await expectSuccess(cdk.resource.delete());
  expect(await revisions(cdk.ns)).toEqual([]);
});

test('a chart comes from a repository, in the version asked for', async () => {
  const { resource, ns } = await newRelease();
  await expectSuccess(resource.create({ Release: 'web', Namespace: ns, Chart: 'web', Repository: `${rig.url}/repository`, Version: '1.0.0', SkipCrds: true }));
  expect((await rig.plane.request('GET', `/api/v1/namespaces/${ns}/secrets/sh.helm.release.v1.web.v1`)).status).toBe(200);
  await expectFailure(resource.update({ Release: 'web', Namespace: ns, Chart: 'web', Repository: `${rig.url}/repository`, Version: '9.9.9' }), /helm pull: .*web.*9\.9\.9/);
});

test('a chart comes from a repository over TLS; one whose certificate nobody vouches for is refused', async () => {
  const registry = await OciRegistry.start(folder, 'charts/web', '1.0.0', rig.files.get('/assets/web-1.tgz') as Buffer);
  for (const [path, content] of rig.files) {
    if (path.startsWith('/repository/')) { registry.serve(path, content); }
  }
  const { resource, ns } = await newRelease();
  const properties = { Release: 'web', Namespace: ns, Chart: 'web', Repository: `${registry.url.replace(/^oci/, 'https')}/repository`, Version: '1.0.0', SkipCrds: true };
  try {
    await expectFailure(resource.create(properties), /helm pull: .*certificate/);
    process.env.SSL_CERT_FILE = registry.certificate;
    await expectSuccess(resource.create({ ...properties, ...values({ message: 'over TLS' }) }));
    expect(await message(ns)).toBe('over TLS');
  } finally {
    delete process.env.SSL_CERT_FILE;
    await registry.stop();
  }
});

test('a chart comes from an OCI registry: by repository and name, by one reference, and as CDK gives it', async () => {
  const registry = await OciRegistry.start(folder, 'charts/web', '1.0.0', rig.files.get('/assets/web-1.tgz') as Buffer);
  process.env.SSL_CERT_FILE = registry.certificate;
  try {
    const common = { Release: 'web', Version: '1.0.0', SkipCrds: true };
    const byName = await newRelease();
    await expectSuccess(byName.resource.create({ ...common, Namespace: byName.ns, Chart: 'web', Repository: `${registry.url}/charts` }));
    const byReference = await newRelease();
    await expectSuccess(byReference.resource.create({ ...common, Namespace: byReference.ns, Chart: `${registry.url}/charts/web` }));
    const cdk = await newRelease(RESOURCE_TYPES.CDK_HELM);
    await expectSuccess(cdk.resource.create({ ...common, Namespace: cdk.ns, Chart: 'web', Repository: `${registry.url}/charts/web` }));
  } finally {
    delete process.env.SSL_CERT_FILE;
    await registry.stop();
  }
});

test('a create that fails says which pod is not ready and why, and leaves nothing', async () => {
  const { resource, ns, properties } = await newRelease(undefined, false);
  await expectFailure(
    resource.create({ ...properties, Timeout: 15, ...values({ nodeSelector: { nowhere: 'x' } }) }),
    /^Deployment helm-\d+\/web is not ready: 0 of 1 replicas available \(pod web-\S+: not scheduled: 0\/1 nodes are available.*helm upgrade: /,
  );
  expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
  expect(await rig.get(CRD)).toBeUndefined();
  await expectSuccess(resource.delete());
});

test('a failed update is rolled back by one with the old properties', async () => {
  const { resource, ns, properties } = await newRelease();
  await expectSuccess(resource.create({ ...properties, SkipCrds: true, ...values({ message: 'old' }) }));
  await expectFailure(resource.update({ ...properties, SkipCrds: true, ...values({ message: 'new', port: 'none' }) }), /helm upgrade: /);
  await expectSuccess(resource.update({ ...properties, SkipCrds: true, ...values({ message: 'old' }) }));
  expect(await message(ns)).toBe('old');
});

test.each(['pending-install', 'pending-upgrade', 'pending-rollback', 'uninstalling'])('a release that was left %s is recovered', async status => {
  const { resource, ns, properties } = await newRelease();
  await expectSuccess(resource.create({ ...properties, SkipCrds: true, ...values({ message: 'first' }) }));
  const inTheMiddle = ['pending-upgrade', 'pending-rollback'].includes(status);
  if (inTheMiddle) {
    await expectSuccess(resource.update({ ...properties, SkipCrds: true, ...values({ message: 'second' }) }));
  }
  await leave(ns, inTheMiddle ? 2 : 1, status);
  await expectSuccess(resource.update({ ...properties, SkipCrds: true, ...values({ message: 'third' }) }));
  expect(await message(ns)).toBe('third');
  expect((await revisions(ns)).filter(s => s === 'deployed')).toHaveLength(1);
});

/** Makes a revision look as if helm had been killed in the middle of it. */
async function leave(ns: string, version: number, status: string): Promise<void> {
  const path = `/api/v1/namespaces/${ns}/secrets/sh.helm.release.v1.web.v${version}`;
  const secret = await rig.get(path);
  const release = JSON.parse(gunzipSync(Buffer.from(Buffer.from(secret.data.release, 'base64').toString(), 'base64')).toString());
  release.info.status = status;
  const data = Buffer.from(gzipSync(JSON.stringify(release)).toString('base64')).toString('base64');
  await rig.plane.request('PATCH', path, { metadata: { labels: { status } }, data: { release: data } });
  if (version === 2) {
    await rig.plane.request('PATCH', `/api/v1/namespaces/${ns}/secrets/sh.helm.release.v1.web.v1`, { metadata: { labels: { status: 'deployed' } } });
  }
}

test('a release of another stack is refused, its owner named, and never removed by the one who was refused', async () => {
  const { resource, ns, properties } = await newRelease();
  await expectSuccess(resource.create({ ...properties, SkipCrds: true, ...values({ message: 'theirs' }) }));
  const other = rig.resource(RESOURCE_TYPES.HELM_RELEASE, 'Other', 'stack-two');
  await expectFailure(other.create({ ...properties, ...values({ message: 'ours' }) }), /Helm release "web" in namespace "helm-\d+" is delivered by "Release\d+" of stack shop .* cannot be delivered by "Other" of stack stack-two/);
  await expectSuccess(other.delete());
  expect(await message(ns)).toBe('theirs');
});

test('a release made by hand is refused, or adopted when asked; a failed adoption goes back to the revision it had', async () => {
  const { resource, ns, properties } = await newRelease();
  execFileSync(process.env.HELM_PATH!, ['install', 'web', FIXTURE, '-n', ns, '--skip-crds', '--set', 'message=hand'], { env: { ...process.env, KUBECONFIG: rig.plane.kubeconfigPath } });
  await expectFailure(resource.create({ ...properties, SkipCrds: true }), /exists and was not delivered by EKS Slipway/);
  await expectFailure(resource.create({ ...properties, SkipCrds: true, Conflict: 'Adopt', ...values({ message: 'bad', port: 'none' }) }), /helm upgrade/);
  expect(await message(ns)).toBe('hand');
  await expectSuccess(resource.create({ ...properties, SkipCrds: true, Conflict: 'Adopt', ...values({ message: 'ours' }) }));
  expect(await message(ns)).toBe('ours');
  await expectSuccess(resource.delete());
  expect(await revisions(ns)).toEqual([]);
});

test('a changed release name installs the new one and removes the old', async () => {
  const { resource, ns, properties } = await newRelease();
  await expectSuccess(resource.create({ ...properties, SkipCrds: true }));
  await expectSuccess(resource.update({ ...properties, SkipCrds: true, Release: 'site' }));
  expect(await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).toBeUndefined();
  expect(await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/site`)).toBeDefined();
});

test('values, also those known at deploy time only, are in no log and no answer; a repeated event changes nothing', async () => {
  const { resource, ns, properties } = await newRelease();
  const event = resource.event('Create', { ...properties, SkipCrds: true, Content: { Parts: ['{"message":"', '"}'], Values: ['hunter2 "quoted"'] } });
  expect((await rig.send(event)).Status).toBe('SUCCESS');
  expect((await rig.send(event)).Status).toBe('SUCCESS');
  expect(await message(ns)).toBe('hunter2 "quoted"');
  expect(await revisions(ns)).toEqual(['deployed']);
  await expectFailure(resource.update({ ...properties, SkipCrds: true, ...values({ password: 'hunter2', port: 'hunter2' }) }), /helm upgrade.*\*\*\*/);
  expect(JSON.stringify([rig.logs, rig.answers])).not.toContain('hunter2');
});

test('forced by nothing but a new revision, an upgrade brings back what somebody has changed, and what somebody has deleted', async () => {
  const { resource, ns, properties } = await newRelease();
  const settings = { ...properties, SkipCrds: true, ...values({ message: 'one' }) };
  await expectSuccess(resource.create({ ...settings, Revision: '1' }));
  await rig.plane.request('PATCH', `/api/v1/namespaces/${ns}/configmaps/web`, { data: { message: 'drifted' } });
  await rig.plane.request('DELETE', `/api/v1/namespaces/${ns}/services/web`);
  // What an autoscaler does, or kubectl scale.
  await rig.plane.request('PATCH', `/apis/apps/v1/namespaces/${ns}/deployments/web/scale?fieldManager=kube-controller-manager`, { spec: { replicas: 2 } });
  await expectSuccess(resource.update({ ...settings, Revision: '2' }));
  expect(await message(ns)).toBe('one');
  expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).spec.replicas).toBe(1);
  expect(await rig.get(`/api/v1/namespaces/${ns}/services/web`)).toBeDefined();
  expect(await revisions(ns)).toEqual(['superseded', 'deployed']);
});

test('a release that helm applied by itself, as helm 3 does, is upgraded so, and what somebody has changed comes back', async () => {
  const { resource, ns, properties } = await newRelease();
  const chart = join(folder, '1.0.0', 'web');
  execFileSync(process.env.HELM_PATH!, ['install', 'web', chart, '--skip-crds', '--server-side=false', '--namespace', ns, '--set', 'message=by hand'], {
    env: { ...process.env, KUBECONFIG: rig.plane.kubeconfigPath },
  });
  await rig.plane.request('PATCH', `/api/v1/namespaces/${ns}/configmaps/web`, { data: { message: 'drifted' } });
  await expectSuccess(resource.create({ ...properties, SkipCrds: true, Conflict: 'Adopt', ...values({ message: 'by hand' }) }));
  expect(await message(ns)).toBe('by hand');
});

describe('secret values', () => {
  const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf';
  const reference = (path: string, more = {}) => ({ SecretValues: { [path]: { Secret: ARN, ...more } } });

  test('are read when they are needed, from a field or whole, win over values, and are in nothing that is told or kept beside the release', async () => {
    const { resource, ns, properties } = await newRelease();
    rig.secrets.set(ARN, JSON.stringify({ 'password': 'swordfish "1"', 'dotted.key': 7 }));
    const release = { ...properties, SkipCrds: true };
    await expectSuccess(resource.create({ ...release, ...values({ message: 'plain' }), ...reference('message', { Field: 'password' }) }));
    expect(await message(ns)).toBe('swordfish "1"');
    await expectSuccess(resource.update({ ...release, ...reference('message', { Field: 'dotted.key' }) }));
    expect(await message(ns)).toBe('7');
    rig.secrets.set(ARN, 'swordfish\nin two lines');
    await expectSuccess(resource.update({ ...release, ...reference('message') }));
    expect(await message(ns)).toBe('swordfish\nin two lines');
    // The server repeats what it refuses.
    rig.secrets.set(ARN, 'swordfish');
    await expectFailure(resource.update({ ...release, ...reference('port') }), /helm upgrade: .*\*\*\*/);
    const { items } = await rig.get('/api/v1/namespaces/kube-system/configmaps');
    expect(JSON.stringify([rig.logs, rig.answers, items])).not.toMatch(/swordfish|in two lines/);
    expect(JSON.stringify([rig.logs, rig.answers, items])).not.toContain(Buffer.from('swordfish').toString('base64').slice(0, 11));
  });

  test('that cannot be had are an error that says which, and nothing of what there is', async () => {
    const { resource, properties } = await newRelease();
    rig.secrets.set(ARN, JSON.stringify({ password: 'swordfish' }));
    await expectFailure(resource.create({ ...properties, ...reference('db.password', { Field: 'user' }) }), /^secret arn:\S+ \(value "db.password"\) has no text in its field "user"$/);
    await expectFailure(resource.create({ ...properties, ...values({ db: 'x' }), ...reference('db.password') }), /^the secret value "db.password" has no place: "db" is not an object among the values$/);
    rig.secrets.set(ARN, 'swordfish');
    await expectFailure(resource.create({ ...properties, ...reference('db.password', { Field: 'user' }) }), /^secret arn:\S+ \(value "db.password"\) is not valid JSON/);
    rig.secrets.clear();
    await expectFailure(resource.create({ ...properties, ...reference('db.password') }), /^secret arn:\S+ \(value "db.password"\) cannot be read: ResourceNotFoundException/);
    expect(JSON.stringify([rig.logs, rig.answers])).not.toContain('swordfish');
    await expectSuccess(resource.delete());
  });
});

test('values that are too many for an event come from an asset, and only so many revisions are kept as asked for', async () => {
  const { resource, ns, properties } = await newRelease();
  const long = (text: string) => text.repeat(40_000);
  const release = (text: string) => {
    rig.files.set(`/assets/values-${text}.json`, JSON.stringify([JSON.stringify({ message: long(text) })]));
    return { ...properties, SkipCrds: true, MaxHistory: 2, Content: { Bucket: 'assets', Key: `values-${text}.json` } };
  };
  await expectSuccess(resource.create(release('value1')));
  await expectSuccess(resource.update(release('value2')));
  await expectSuccess(resource.update(release('value3')));
  expect(await message(ns)).toBe(long('value3'));
  expect(await revisions(ns)).toEqual(['superseded', 'deployed']);
});

test('a release that somebody uninstalled is deleted with success, one that retains stays', async () => {
  const gone = await newRelease();
  await expectSuccess(gone.resource.create({ ...gone.properties, SkipCrds: true }));
  execFileSync(process.env.HELM_PATH!, ['uninstall', 'web', '-n', gone.ns], { env: { ...process.env, KUBECONFIG: rig.plane.kubeconfigPath } });
  await expectSuccess(gone.resource.delete());
  const kept = await newRelease();
  await expectSuccess(kept.resource.create({ ...kept.properties, SkipCrds: true, Removal: 'Retain' }));
  expect((await kept.resource.delete()).Reason).toMatch(/kept: Helm release/);
  expect(await message(kept.ns)).toBe('hello');
});

test.each([
  // Helm 4 may watch for the end of an object that has gone already.
  ['that looks whether objects are gone is asked to', 'case "$*" in *uninstall*--wait=legacy*) ;; *uninstall*) sleep 600;; esac'],
  ['of version 3, which knows one way to wait, is used as it is', 'case "$*" in *--wait=legacy*) echo "Error: invalid argument \\"legacy\\" for \\"--wait\\" flag: strconv.ParseBool" >&2; exit 1;; esac'],
])('a helm %s', async (_, before) => {
  const { resource, ns, properties } = await newRelease();
  await expectSuccess(resource.create({ ...properties, SkipCrds: true }));
  const helm = process.env.HELM_PATH!;
  process.env.HELM_PATH = join(folder, 'helm');
  writeFileSync(process.env.HELM_PATH, `#!/bin/sh\n${before}\nexec ${helm} "$@"\n`, { mode: 0o755 });
  try {
    await expectSuccess(resource.delete(60));
  } finally {
    process.env.HELM_PATH = helm;
  }
  expect(await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).toBeUndefined();
  expect(await revisions(ns)).toEqual([]);
});

test('a namespace that holds something of somebody else stays', async () => {
  const { resource, ns, properties } = await newRelease(undefined, false);
  await expectSuccess(resource.create({ ...properties, SkipCrds: true }));
  await rig.make(`/api/v1/namespaces/${ns}/configmaps`, configMap('theirs'));
  await expectSuccess(resource.delete());
  expect(await rig.get(`/api/v1/namespaces/${ns}/configmaps/theirs`)).toBeDefined();
});
