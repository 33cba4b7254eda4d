import { chart, configMap, crd, custom, DeliveryRig, namespace, Resource } from './delivery-rig';
import { until } from './until';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { KubeClient } from '../../handlers/delivery/kube-client';
import { survey } from '../../handlers/delivery/survey';
import { bearerToken } from '../../handlers/delivery/token';

/* Kinds whose versions come and go, as they do when a cluster or an operator is upgraded. */

let rig: DeliveryRig;
beforeAll(async () => { rig = await DeliveryRig.start(); });
afterAll(async () => rig?.stop());

let count = 0;
const newChart = (): Resource => rig.resource(RESOURCE_TYPES.CHART, `Versions${++count}`);
const SUCCESS = { Status: 'SUCCESS' };

/** A kind that is stored as v1beta1, and served so or not. */
function definition(kind: string, servesBeta: boolean): any {
  const object = crd(kind);
  const [version] = object.spec.versions;
  object.spec.versions = [{ ...version, storage: false }, { ...version, name: 'v1beta1', served: servesBeta }];
  return object;
}

interface Kind {
  readonly kind: string;
  readonly ns: string;
  /** Its definition's place, and that of an object in version v1. */
  readonly crd: string;
  path(name?: string): string;
  beta(name?: string, size?: number): any;
  v1(name?: string, size?: number): any;
  /** Until the API server serves it in a version, or no longer. */
  served(version: string, expected: boolean): Promise<void>;
  /** Somebody else changes the definition. */
  stopServingBeta(): Promise<void>;
}

async function newKind(make = true): Promise<Kind> {
  const [kind, ns] = [`Versioned${++count}`, `versions-${count}`];
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const place = `${definitions}/${kind.toLowerCase()}s.example.com`;
  await rig.make('/api/v1/namespaces', namespace(ns));
  const served = async (version: string, expected: boolean) =>
    until(async () => ((await rig.get(`/apis/example.com/${version}`))?.resources.some((r: any) => r.kind === kind) ?? false) === expected);
  if (make) {
    await rig.make(definitions, definition(kind, true));
    await served('v1', true);
  }
  const object = (version: string, name: string, size: number) => ({ ...custom(kind, name, ns), apiVersion: `example.com/${version}`, spec: { size } });
  return {
    kind, ns, crd: place, served,
    path: (name = 'x') => `/apis/example.com/v1/namespaces/${ns}/${kind.toLowerCase()}s${name && `/${name}`}`,
    beta: (name = 'x', size = 1) => object('v1beta1', name, size),
    v1: (name = 'x', size = 1) => object('v1', name, size),
    stopServingBeta: async () => {
      await rig.plane.request('PATCH', place, { spec: definition(kind, false).spec });
      await served('v1beta1', false);
    },
  };
}

const many = (make: (name: string) => any) => Array.from({ length: 25 }, (_, i) => make(`x${i}`));

describe('when a version of a kind is no longer served', () => {
  test('objects that were delivered in it are pruned and deleted in another', async () => {
    const kind = await newKind();
    const resource = newChart();
    expect(await resource.create(chart([kind.beta(), kind.beta('y'), configMap('a', {}, kind.ns)]))).toMatchObject(SUCCESS);
    await kind.stopServingBeta();
    expect(await resource.update(chart([kind.v1(), configMap('a', {}, kind.ns)]))).toMatchObject(SUCCESS);
    expect(await rig.get(kind.path('y'))).toBeUndefined();
    expect(await resource.delete()).toMatchObject(SUCCESS);
    expect(await rig.get(kind.path())).toBeUndefined();
  });

  test('a delete finds them without an update before, and without an inventory', async () => {
    for (const lost of [false, true]) {
      const kind = await newKind();
      const resource = newChart();
      expect(await resource.create(chart([kind.beta()]))).toMatchObject(SUCCESS);
      await kind.stopServingBeta();
      if (lost) {
        const { items } = await rig.get('/api/v1/namespaces/kube-system/configmaps?labelSelector=app.kubernetes.io/managed-by=eks-slipway');
        const { metadata } = items.find((i: any) => i.data.objects.includes(kind.ns));
        await rig.plane.request('DELETE', `/api/v1/namespaces/kube-system/configmaps/${metadata.name}`);
      }
      expect(await resource.delete()).toMatchObject(SUCCESS);
      expect(await rig.get(kind.path())).toBeUndefined();
    }
  });

  test('the same objects in the new version are the same objects, and a manifest in the old one is refused with the version to write', async () => {
    const kind = await newKind();
    const resource = newChart();
    expect(await resource.create(chart([kind.beta(), configMap('a', { v: '1' }, kind.ns)]))).toMatchObject(SUCCESS);
    const { uid } = (await rig.get(kind.path())).metadata;
    await kind.stopServingBeta();
    expect(await resource.update(chart([kind.beta('x', 2), configMap('a', { v: '2' }, kind.ns)]))).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/Versioned\d+ versions-\d+\/x: the cluster knows no kind "Versioned\d+" in "example.com\/v1beta1"\. It serves "example.com\/v1": write the object in that version/),
    });
    expect((await rig.get(`/api/v1/namespaces/${kind.ns}/configmaps/a`)).data).toEqual({ v: '1' });
    expect(await resource.update(chart([kind.v1('x', 3)]))).toMatchObject(SUCCESS);
    expect(await rig.get(kind.path())).toMatchObject({ metadata: { uid }, spec: { size: 3 } });
  });

  test.each([['a few', 1], ['many', 25]])('while a delivery is under way that has seen it served, %s objects are found all the same', async (_title, number) => {
    const kind = await newKind();
    const client = new KubeClient({
      endpoint: rig.plane.url, ca: Buffer.from(rig.plane.caData, 'base64').toString(), token: () => bearerToken('rehearsal'), fieldManager: 'test',
      deadline: Date.now() + 60_000, patience: 5000,
    });
    try {
      await rig.make(kind.path(''), kind.v1('x0'));
      const ids = many(name => ({ group: 'example.com', version: 'v1beta1', kind: kind.kind, namespace: kind.ns, name })).slice(0, number);
      expect((await survey(client, ids)).size).toBe(1);
      await kind.stopServingBeta();
      expect((await survey(client, ids)).size).toBe(1);
    } finally {
      client.close();
    }
  });

  test.each([['a few', 1], ['many', 25]])('by the very update that removes %s objects of it, they are removed', async (_title, number) => {
    const kind = await newKind(false);
    const objects = many(name => kind.beta(name)).slice(0, number);
    const resource = newChart();
    expect(await resource.create(chart([definition(kind.kind, true), ...objects]))).toMatchObject(SUCCESS);
    expect(await resource.update(chart([definition(kind.kind, false)]))).toMatchObject(SUCCESS);
    expect((await rig.get(kind.path(''))).items).toEqual([]);
    expect(await resource.delete()).toMatchObject(SUCCESS);
    expect(await rig.get(kind.crd)).toBeUndefined();
  });

  test('by the very update that brings its objects in another, they stay what they are; also when that is rolled back', async () => {
    const kind = await newKind(false);
    const before = chart([definition(kind.kind, true), ...many(name => kind.beta(name, 1))]);
    const after = chart([definition(kind.kind, false), ...many(name => kind.v1(name, 2))]);
    const state = async () => (await rig.get(kind.path(''))).items.map(({ metadata, spec }: any) => [metadata.uid, spec.size]);
    const resource = newChart();
    expect(await resource.create(before)).toMatchObject(SUCCESS);
    const was = await state();
    expect(await resource.update(after)).toMatchObject(SUCCESS);
    expect(await state()).toEqual(was.map(([uid]: any) => [uid, 2]));
    expect(await resource.update(before)).toMatchObject(SUCCESS);
    expect(await state()).toEqual(was);
    expect(await resource.delete()).toMatchObject(SUCCESS);
  });
});

describe('when a kind is gone altogether', () => {
  test('its objects are gone too: an update without them and a delete succeed', async () => {
    for (const step of [(r: Resource, rest: any) => r.update(chart([rest])), (r: Resource) => r.delete()]) {
      const kind = await newKind();
      const resource = newChart();
      expect(await resource.create(chart([kind.v1(), configMap('a', {}, kind.ns)]))).toMatchObject(SUCCESS);
      await rig.plane.request('DELETE', kind.crd);
      expect(await step(resource, configMap('a', {}, kind.ns))).toEqual(expect.objectContaining(SUCCESS));
      expect(await resource.delete()).toMatchObject(SUCCESS);
      expect(await rig.get(`/api/v1/namespaces/${kind.ns}/configmaps/a`)).toBeUndefined();
    }
  });

  test('an update that still has them is refused, with what to do, before anything is written', async () => {
    const kind = await newKind();
    const resource = newChart();
    expect(await resource.create(chart([kind.v1(), configMap('a', { v: '1' }, kind.ns)]))).toMatchObject(SUCCESS);
    await rig.plane.request('DELETE', kind.crd);
    await kind.served('v1', false);
    expect(await resource.update(chart([kind.v1(), configMap('a', { v: '2' }, kind.ns)]))).toMatchObject({
      Status: 'FAILED', Reason: expect.stringMatching(/the cluster knows no kind "Versioned\d+" in "example.com\/v1"\. Deliver its CustomResourceDefinition first/),
    });
    expect((await rig.get(`/api/v1/namespaces/${kind.ns}/configmaps/a`)).data).toEqual({ v: '1' });
  });
});

test('a definition whose stored version is not served is kept all the same while others have objects of it', async () => {
  const kind = await newKind(false);
  const resource = newChart();
  expect(await resource.create(chart([definition(kind.kind, false)]))).toMatchObject(SUCCESS);
  await rig.make(kind.path(''), kind.v1('theirs'));
  expect(await resource.delete()).toMatchObject({ ...SUCCESS, Reason: expect.stringMatching(/kept: CustomResourceDefinition .*objects of this kind are left/) });
  expect(await rig.get(kind.path('theirs'))).toBeDefined();
});
