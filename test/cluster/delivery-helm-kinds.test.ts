import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Answer, DeliveryRig, namespace, Resource } from './delivery-rig';
import { until } from './until';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

/* Releases with objects of kinds that go away, and with objects that do not go when they are told to. */

const FIXTURE = join(__dirname, 'fixtures', 'web');
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const CRD = `${DEFINITIONS}/things.fixture.example.com`;
/** Of a chart whose template also has a custom resource. */
const THING = `{{- if .Values.thing }}
apiVersion: "fixture.example.com/{{ .Values.thing }}"
kind: Thing
metadata:
  name: {{ .Release.Name }}
spec:
  size: 1
{{- end }}
`;
let rig: DeliveryRig;
let folder: string;
let count = 0;

beforeAll(async () => {
  rig = await DeliveryRig.start();
  folder = mkdtempSync(join(tmpdir(), 'kinds-'));
  cpSync(FIXTURE, join(folder, 'web'), { recursive: true });
  writeFileSync(join(folder, 'web', 'templates', 'thing.yaml'), THING);
  execFileSync(process.env.HELM_PATH!, ['package', join(folder, 'web'), '--version', '1.0.0', '--destination', folder]);
  rig.files.set('/assets/web.tgz', readFileSync(join(folder, 'web-1.0.0.tgz')));
});
afterAll(async () => {
  await rig?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  rig.logs.length = 0;
  await rig.plane.request('DELETE', CRD);
  await until(async () => await rig.get(CRD) === undefined);
});

/** The definition that the chart brings, also in a version v1beta1. */
function definition(servesBeta: boolean): any {
  const crd = parse(readFileSync(join(FIXTURE, 'crds', 'thing.yaml'), 'utf8'));
  const [version] = crd.spec.versions;
  crd.spec.versions = [{ ...version, storage: false }, { ...version, name: 'v1beta1', served: servesBeta }];
  return crd;
}

async function serves(version: string, expected: boolean): Promise<void> {
  await until(async () => ((await rig.get(`/apis/fixture.example.com/${version}`))?.resources.length > 0) === expected);
}

interface NewRelease {
  readonly ns: string;
  readonly resource: Resource;
  readonly properties: (values: object, more?: object) => Record<string, unknown>;
}

async function newRelease(): Promise<NewRelease> {
  const ns = `kinds-${++count}`;
  await rig.make('/api/v1/namespaces', namespace(ns));
  return {
    ns,
    resource: rig.resource(RESOURCE_TYPES.HELM_RELEASE, `Kinds${count}`),
    properties: (values, more = {}) => ({ Release: 'web', Namespace: ns, ChartAsset: { Bucket: 'assets', Key: 'web.tgz' }, Content: { Parts: [JSON.stringify(values)] }, Timeout: 60, ...more }),
  };
}

async function expectSuccess(answer: Promise<Answer>): Promise<void> {
  const { Status, Reason } = await answer;
  expect({ Status, Reason }).toEqual({ Status: 'SUCCESS', Reason: undefined });
}

const thing = (ns: string, version = 'v1') => rig.get(`/apis/fixture.example.com/${version}/namespaces/${ns}/things/web`);
const message = async (ns: string) => (await rig.get(`/api/v1/namespaces/${ns}/configmaps/web`))?.data.message;

async function removeDefinition(): Promise<void> {
  await rig.plane.request('DELETE', CRD);
  await serves('v1', false);
}

describe('a release with objects of a kind that is gone', () => {
  test('is uninstalled: they are gone with their kind, the rest goes now', async () => {
    const { ns, resource, properties } = await newRelease();
    await expectSuccess(resource.create(properties({ thing: 'v1' })));
    await removeDefinition();
    await expectSuccess(resource.delete());
    expect(await message(ns)).toBeUndefined();
    expect((await rig.get(`/api/v1/namespaces/${ns}/secrets?labelSelector=owner%3Dhelm`)).items).toEqual([]);
    expect(rig.logs.join('\n')).toMatch(/forgot Thing web of sh.helm.release.v1.web.v1: the cluster no longer knows its kind/);
  });

  test('is upgraded to a chart without them, and to one with them that brings their kind again', async () => {
    const { ns, resource, properties } = await newRelease();
    await expectSuccess(resource.create(properties({ thing: 'v1', message: 'one' })));
    await removeDefinition();
    await expectSuccess(resource.update(properties({ message: 'two' }, { SkipCrds: true })));
    expect(await message(ns)).toBe('two');
    await expectSuccess(resource.update(properties({ thing: 'v1', message: 'three' })));
    expect(await thing(ns)).toBeDefined();
    await removeDefinition();
    await expectSuccess(resource.update(properties({ thing: 'v1', message: 'four' })));
    expect([await message(ns), (await thing(ns)).spec]).toEqual(['four', { size: 1 }]);
    await expectSuccess(resource.delete());
  });

  test('is not upgraded to a chart that has them and does not bring their kind: the error names it, and a rollback comes to an end', async () => {
    const { ns, resource, properties } = await newRelease();
    await expectSuccess(resource.create(properties({ message: 'one' }, { SkipCrds: true })));
    const { Status, Reason } = await resource.update(properties({ thing: 'v1', message: 'two' }, { SkipCrds: true }));
    expect([Status, Reason]).toEqual(['FAILED', expect.stringMatching(/helm upgrade: .*no matches for kind "Thing" in version "fixture.example.com\/v1"/)]);
    await expectSuccess(resource.update(properties({ message: 'one' }, { SkipCrds: true })));
    expect(await message(ns)).toBe('one');
  });
});

describe('a release with objects in a version that is no longer served', () => {
  const begin = async (): Promise<NewRelease> => {
    await rig.make(DEFINITIONS, definition(true));
    await serves('v1beta1', true);
    const release = await newRelease();
    await expectSuccess(release.resource.create(release.properties({ thing: 'v1beta1' }, { SkipCrds: true })));
    return release;
  };
  const stop = async () => {
    await rig.plane.request('PATCH', CRD, { spec: definition(false).spec });
    await serves('v1beta1', false);
  };

  test('is upgraded to the one that is: the object is the same', async () => {
    const { ns, resource, properties } = await begin();
    const { uid } = (await thing(ns)).metadata;
    await stop();
    await expectSuccess(resource.update(properties({ thing: 'v1' }, { SkipCrds: true })));
    expect((await thing(ns)).metadata.uid).toBe(uid);
  });

  test('is uninstalled with them', async () => {
    const { ns, resource } = await begin();
    await stop();
    await expectSuccess(resource.delete());
    expect(await thing(ns)).toBeUndefined();
    expect(await message(ns)).toBeUndefined();
  });
});

test.each([
  ['a custom resource', 'Thing', (ns: string) => `/apis/fixture.example.com/v1/namespaces/${ns}/things/web`],
  ['a Service', 'Service', (ns: string) => `/api/v1/namespaces/${ns}/services/web`],
])('an uninstall waits for %s that somebody holds, names it, and waits for it again when it is asked again', async (_title, kind, path) => {
  const { ns, resource, properties } = await newRelease();
  await expectSuccess(resource.create(properties({ thing: 'v1' })));
  await rig.plane.request('PATCH', path(ns), { metadata: { finalizers: ['elbv2.k8s.aws/resources'] } });
  for (let time = 0; time < 2; time++) {
    expect(await resource.delete(25)).toMatchObject({
      Status: 'FAILED', Reason: expect.stringMatching(new RegExp(`${kind} ${ns}/web is not gone in time: finalizer "elbv2.k8s.aws/resources" \\(the AWS Load Balancer Controller\\)`)),
    });
  }
  const again = resource.delete();
  await until(async () => (await rig.get(path(ns))).metadata.deletionTimestamp);
  await rig.plane.request('PATCH', path(ns), { metadata: { finalizers: null } });
  await expectSuccess(again);
  expect(await rig.get(path(ns))).toBeUndefined();
});
