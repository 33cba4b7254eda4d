import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeliveryProcess } from './delivery-process';
import { Answer, DeliveryRig, Resource } from './delivery-rig';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

/* Helm releases whose construct was renamed: as with objects, the release moves, and is given back if the update is rolled back. */

const FIXTURE = join(__dirname, 'fixtures', 'web');
const CRD = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.fixture.example.com';
let rig: DeliveryRig;
let lambda: DeliveryProcess;
let folder: string;
let count = 0;

beforeAll(async () => {
  rig = await DeliveryRig.start();
  lambda = new DeliveryProcess(rig);
  folder = mkdtempSync(join(tmpdir(), 'moves-'));
  rig.files.set('/assets/web-1.tgz', packaged('1.0.0', text => text));
  rig.files.set('/assets/web-2.tgz', packaged('2.0.0', text => text.replace('size: { type: integer }', 'size: { type: integer }\n                colour: { type: string }')));
});
afterAll(async () => {
  await rig?.stop();
  lambda?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  expect((await rig.get('/api/v1/namespaces/kube-system/secrets?labelSelector=eks-slipway/taken-from')).items).toEqual([]);
  await rig.plane.request('DELETE', CRD);
});

function packaged(version: string, changed: (definition: string) => string): Buffer {
  const chart = join(folder, version, 'web');
  cpSync(FIXTURE, chart, { recursive: true });
  const definition = join(chart, 'crds', 'thing.yaml');
  writeFileSync(definition, changed(readFileSync(definition, 'utf8')));
  execFileSync(process.env.HELM_PATH!, ['package', chart, '--version', version, '--destination', folder]);
  return readFileSync(join(folder, `web-${version}.tgz`));
}

interface Renamed {
  readonly ns: string;
  readonly old: Resource;
  readonly renamed: Resource;
  /** In the first version of the chart, or in the second. */
  readonly properties: (version: 1 | 2, message: string, more?: object) => Record<string, unknown>;
}

/** A release that is there, in a namespace that it has made, and another name for its construct. */
async function newRelease(): Promise<Renamed> {
  const ns = `helm-move-${++count}`;
  const properties: Renamed['properties'] = (version, message, more = {}) => ({
    Release: 'web', Namespace: ns, ChartAsset: { Bucket: 'assets', Key: `web-${version}.tgz` }, Content: { Parts: [JSON.stringify({ message, ...more })] }, Timeout: 30,
  });
  const old = rig.resource(RESOURCE_TYPES.HELM_RELEASE, `Old${count}`);
  await expectSuccess(old.create(properties(1, 'one')));
  return { ns, old, renamed: rig.resource(RESOURCE_TYPES.HELM_RELEASE, `Renamed${count}`), properties };
}

const TAKEN = /^taken over from "Old\d+" of stack shop/;

async function expectSuccess(answer: Promise<Answer | undefined>, reason?: RegExp): Promise<void> {
  const { Status, Reason } = (await answer)!;
  expect({ Status, Reason }).toEqual({ Status: 'SUCCESS', Reason: reason ? expect.stringMatching(reason) : undefined });
}

/** What matters of a release: which objects, what they hold, and whose they are. */
async function picture(ns: string): Promise<unknown> {
  const [config, web, space, definition] = await Promise.all([
    `/api/v1/namespaces/${ns}/configmaps/web`, `/apis/apps/v1/namespaces/${ns}/deployments/web`, `/api/v1/namespaces/${ns}`, CRD,
  ].map(path => rig.get(path)));
  const owner = (object: any) => object?.metadata.annotations['eks-slipway/claim'].split(':')[2];
  return {
    uids: [config, web, space, definition].map(object => object?.metadata.uid),
    message: config?.data.message,
    image: web?.spec.template.spec.containers[0].image,
    claims: [owner(space), owner(definition)],
    colour: definition?.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.colour !== undefined,
  };
}

async function latest(ns: string): Promise<any> {
  const { items } = await rig.get(`/api/v1/namespaces/${ns}/secrets?labelSelector=owner%3Dhelm`);
  return items.map((s: any) => s.metadata.labels).sort((a: any, b: any) => Number(a.version) - Number(b.version)).at(-1);
}

test('a renamed release is taken over with its namespace and definitions, and removed by its new name', async () => {
  const { ns, old, renamed, properties } = await newRelease();
  const { uids } = await picture(ns) as any;
  await expectSuccess(renamed.create(properties(1, 'one')), TAKEN);
  await expectSuccess(old.delete());
  await expectSuccess(renamed.update(properties(2, 'two')));
  expect(await picture(ns)).toEqual({ uids, message: 'two', image: expect.any(String), claims: [renamed.logicalId, renamed.logicalId], colour: true });
  await expectSuccess(renamed.delete());
  expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
});

test('a rollback puts it back to the revision and the definitions it had, and the old name goes on', async () => {
  const { ns, old, renamed, properties } = await newRelease();
  const was = await picture(ns);
  const { 'eks-slipway/owner': owner } = await latest(ns);
  await expectSuccess(renamed.create(properties(2, 'two')), TAKEN);
  await expectSuccess(renamed.delete());
  expect(await picture(ns)).toEqual(was);
  expect(await latest(ns)).toMatchObject({ 'eks-slipway/owner': owner, 'status': 'deployed' });
  await expectSuccess(renamed.delete());
  expect(await picture(ns)).toEqual(was);
  await expectSuccess(old.update(properties(2, 'three')));
  expect(await picture(ns)).toMatchObject({ message: 'three', colour: true, claims: [old.logicalId, old.logicalId] });
  await expectSuccess(old.delete());
  expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
});

test('a create under the new name that fails gives it back at once', async () => {
  const { ns, old, renamed, properties } = await newRelease();
  const was = await picture(ns);
  const failed = await renamed.create(properties(2, 'two', { port: 'none' }));
  expect(failed).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^helm upgrade: /) });
  expect(failed.Reason).not.toContain('could not be removed');
  expect(await picture(ns)).toEqual(was);
  await expectSuccess(renamed.delete());
  expect(await picture(ns)).toEqual(was);
  await expectSuccess(old.delete());
  expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
});

test.each([
  ['before helm is run', /passed on/], ['while helm is at work', /applied CustomResourceDefinition/], ['after helm is done', /upgraded release/],
])('killed %s, the delete of the new name gives it back, and the same event again takes it over', async (_title, phase) => {
  const { ns, old, renamed, properties } = await newRelease();
  const was = await picture(ns);
  const event = renamed.event('Create', properties(2, 'two'));
  await lambda.invoke(event, phase);
  await expectSuccess(renamed.delete());
  expect(await picture(ns)).toEqual(was);

  const again = renamed.event('Create', properties(2, 'two'));
  await lambda.invoke(again, phase);
  expect((await lambda.invoke(again))!.Status).toBe('SUCCESS');
  await expectSuccess(old.delete());
  expect(await picture(ns)).toEqual({ ...was as object, message: 'two', claims: [renamed.logicalId, renamed.logicalId], colour: true });
  await expectSuccess(renamed.delete());
  expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
});

test.each([['the old name', false], ['the new name', true]])('a stack that goes in the middle of it takes all with it, %s first', async (_title, newFirst) => {
  const { ns, old, renamed, properties } = await newRelease();
  await expectSuccess(renamed.create(properties(1, 'one')), TAKEN);
  for (const resource of newFirst ? [renamed, old] : [old, renamed]) {
    await expectSuccess(resource.delete());
  }
  expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
});

test('a release that two constructs of a stack have is refused to the one that nobody has asked to let go of it', async () => {
  const { ns, old, renamed, properties } = await newRelease();
  await expectSuccess(renamed.create(properties(1, 'two')), TAKEN);
  expect(await old.update(properties(1, 'three'))).toMatchObject({
    Status: 'FAILED', Reason: expect.stringMatching(/Helm release "web" in namespace "helm-move-\d+" is delivered by "Renamed\d+" .* cannot be delivered by "Old\d+" .* too/),
  });
  expect(await picture(ns)).toMatchObject({ message: 'two' });
  await expectSuccess(renamed.delete());
  await expectSuccess(old.delete());
});
