import { DeliveryProcess } from './delivery-process';
import { chart, configMap, crd, custom, deployment, DeliveryRig, namespace, Resource } from './delivery-rig';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

/*
 * Objects that move between charts of one stack: because a construct was renamed, or because they stand in another chart now. An object that
 * moves stays the very same one; an update that is rolled back gives it back as it was.
 */

let rig: DeliveryRig;
let lambda: DeliveryProcess;
beforeAll(async () => {
  rig = await DeliveryRig.start();
  lambda = new DeliveryProcess(rig);
});
afterAll(async () => {
  await rig?.stop();
  lambda?.close();
});
beforeEach(() => { rig.logs.length = 0; });
afterEach(async () => {
  // Nothing is remembered longer than it may be needed.
  expect(await kept()).toEqual([]);
});

let count = 0;
const newChart = (stack?: string): Resource => rig.resource(RESOURCE_TYPES.CHART, `Move${++count}`, stack);

async function newNamespace(): Promise<string> {
  const name = `move-${++count}`;
  await rig.make('/api/v1/namespaces', namespace(name));
  return name;
}

interface Result {
  readonly Status: string;
  readonly Reason?: string;
}
async function expectSuccess(answer: Promise<Result>, reason?: RegExp): Promise<void> {
  const { Status, Reason } = await answer;
  expect({ Status, Reason }).toEqual({ Status: 'SUCCESS', Reason: reason ? expect.stringMatching(reason) : undefined });
}
async function expectFailure(answer: Promise<Result>, reason: RegExp): Promise<void> {
  const { Status, Reason } = await answer;
  expect({ Status, Reason }).toEqual({ Status: 'FAILED', Reason: expect.stringMatching(reason) });
}

const TAKEN = /^taken over from "Move\d+" of stack shop/;
const cm = (ns: string, name: string) => rig.get(`/api/v1/namespaces/${ns}/configmaps/${name}`);
const secret = (ns: string, stringData: object): any => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: ns }, stringData });
const claimed = (object: any): string => /^[^:]+:[^:]+:([^:]+):/.exec(object.metadata.annotations['eks-slipway/claim'])![1];

/** What is kept for the case of a rollback. */
async function kept(): Promise<string[]> {
  return (await rig.get('/api/v1/namespaces/kube-system/secrets?labelSelector=eks-slipway/taken-from')).items.map((s: any) => s.metadata.name);
}

/** What matters of objects: which they are, what they hold and whose they are. */
async function picture(ns: string, more: string[] = []): Promise<any> {
  const paths = ['/api/v1/namespaces/NS/configmaps', '/api/v1/namespaces/NS/secrets', '/apis/apps/v1/namespaces/NS/deployments', ...more].map(path => path.replace('NS', ns));
  const lists = await Promise.all(paths.map(async path => (await rig.get(path))?.items ?? []));
  return Object.fromEntries(lists.flat().filter((o: any) => o.metadata.name !== 'kube-root-ca.crt').map((o: any) => {
    const { 'deployment.kubernetes.io/revision': _, ...annotations } = o.metadata.annotations ?? {};
    return [`${o.metadata.name} ${o.metadata.uid}`, { labels: o.metadata.labels, annotations, data: o.data, spec: o.spec }];
  }));
}

/** Objects of several kinds, in two states: the second has other values, and lacks some of the first. */
function states(ns: string): [before: any[], after: any[]] {
  const web = (image: string, env?: object[]) => {
    const object = deployment('web', ns, { replicas: 1, ...env ? { minReadySeconds: 1 } : {} });
    object.spec.template.spec.containers = [{ name: 'main', image, env, ports: [{ containerPort: 80 }] }, ...env ? [{ name: 'side', image: 'side:1' }] : []];
    object.metadata.labels = env ? { tier: 'front' } : { tier: 'back', extra: 'yes' };
    return object;
  };
  return [
    [configMap('a', { v: 'old', gone: 'soon' }, ns), web('web:1', [{ name: 'A', value: '1' }]), secret(ns, { password: 'hunter2-before', user: 'me' })],
    [configMap('a', { v: 'new', more: 'yes' }, ns), web('web:2'), secret(ns, { password: 'hunter2-after', key: 'more' })],
  ];
}

describe('a renamed chart', () => {
  test('takes its objects over as they run; the delete of the old name leaves them, that of the new one removes them', async () => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    const uids = Object.keys(await picture(ns));
    const pods = (await rig.get(`/api/v1/namespaces/${ns}/pods`)).items.map((pod: any) => pod.metadata.uid);
    await expectSuccess(renamed.create(chart(before)), TAKEN);
    await expectSuccess(old.delete());
    expect(await kept()).toEqual([]);
    expect(Object.keys(await picture(ns))).toEqual(uids);
    expect((await rig.get(`/api/v1/namespaces/${ns}/pods`)).items.map((pod: any) => pod.metadata.uid)).toEqual(pods);

    // What the old one had applied is not left behind in the objects.
    await expectSuccess(renamed.update(chart(after)));
    expect(Object.keys(await picture(ns))).toEqual(uids);
    expect((await cm(ns, 'a')).data).toEqual({ v: 'new', more: 'yes' });
    expect(Object.keys((await rig.get(`/api/v1/namespaces/${ns}/secrets/s`)).data)).toEqual(['key', 'password']);
    expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).spec.template.spec.containers.map((c: any) => c.name)).toEqual(['main']);
    await expectSuccess(renamed.delete());
    expect(await picture(ns)).toEqual({});
  });

  test('that changes at once has it all given back by a rollback, content and identity, and the old one goes on', async () => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    const was = await picture(ns);
    await expectSuccess(renamed.create(chart(after)), TAKEN);
    expect(claimed(await cm(ns, 'a'))).toBe(renamed.logicalId);
    expect(await kept()).toHaveLength(1);
    await expectSuccess(renamed.delete());
    expect(await picture(ns)).toEqual(was);
    expect(claimed(await cm(ns, 'a'))).toBe(old.logicalId);

    await expectSuccess(old.update(chart(after)));
    expect((await cm(ns, 'a')).data).toEqual({ v: 'new', more: 'yes' });
    await expectSuccess(old.update(chart(after.slice(1))));
    expect(await cm(ns, 'a')).toBeUndefined();
    await expectSuccess(old.delete());
    expect(await picture(ns)).toEqual({});
    const { items } = await rig.get('/api/v1/namespaces/kube-system/configmaps');
    expect(JSON.stringify([rig.logs, rig.answers, items])).not.toMatch(new RegExp(['hunter2-', Buffer.from('hunter2-').toString('base64').slice(0, 10)].join('|')));
  });

  test('whose create fails gives all back at once; the delete that follows does nothing, and the next try succeeds', async () => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    const was = await picture(ns);
    const broken = { ...deployment('broken', ns), spec: { replicas: 'many' } };
    await expectFailure(renamed.create(chart([...after, broken])), /Deployment move-\d+\/broken/);
    expect(await picture(ns)).toEqual(was);
    await expectSuccess(renamed.delete());
    expect(await picture(ns)).toEqual(was);
    await expectSuccess(renamed.create(chart(after)), TAKEN);
    await expectSuccess(old.delete());
    expect(Object.keys(await picture(ns))).toEqual(Object.keys(was));
  });

  test('moves definitions, their objects and namespaces, which nothing removes meanwhile', async () => {
    const ns = `moved-${++count}`;
    const objects = (size: number) => [namespace(ns), crd('Movable'), { ...custom('Movable', 'm', ns), spec: { size } }, configMap('a', {}, ns)];
    const [old, renamed] = [newChart(), newChart()];
    const path = `/apis/example.com/v1/namespaces/${ns}/movables`;
    await expectSuccess(old.create(chart(objects(1))));
    const was = await picture(ns, [path]);
    await expectSuccess(renamed.create(chart(objects(2))), TAKEN);
    await expectSuccess(renamed.delete());
    expect(await picture(ns, [path])).toEqual(was);
    await expectSuccess(renamed.create(chart(objects(2))), TAKEN);
    await expectSuccess(old.delete());
    expect(Object.keys(await picture(ns, [path]))).toEqual(Object.keys(was));
    await expectSuccess(renamed.delete());
    expect(await rig.get(`/api/v1/namespaces/${ns}`)).toBeUndefined();
    expect(await rig.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/movables.example.com')).toBeUndefined();
  });

  test('leaves what others have set in an object, there and back', async () => {
    const ns = await newNamespace();
    const [old, renamed] = [newChart(), newChart()];
    const object = (v: string) => [configMap('a', { v }, ns), deployment('web', ns, { replicas: 1 })];
    await expectSuccess(old.create(chart(object('1'))));
    await rig.plane.request('PATCH', `/api/v1/namespaces/${ns}/configmaps/a?fieldManager=by-hand`, { metadata: { labels: { theirs: 'yes' } } });
    await rig.plane.request('PATCH', `/apis/apps/v1/namespaces/${ns}/deployments/web/scale?fieldManager=horizontal-pod-autoscaler`, { spec: { replicas: 3 } });
    await expectSuccess(renamed.create(chart(object('2'))), TAKEN);
    expect((await cm(ns, 'a')).metadata.labels).toEqual({ theirs: 'yes' });
    expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).spec.replicas).toBe(3);
    await expectSuccess(renamed.delete());
    expect((await cm(ns, 'a')).metadata.labels).toEqual({ theirs: 'yes' });
    expect((await cm(ns, 'a')).data).toEqual({ v: '1' });
    expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).spec.replicas).toBe(3);
  });

  test('does not replace what it only takes over', async () => {
    const ns = await newNamespace();
    const job = (image: string) => ({
      apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', namespace: ns, annotations: { 'eks-slipway/on-immutable': 'replace' } },
      spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] } } },
    });
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart([job('one:1')])));
    await expectFailure(renamed.create(chart([job('two:2')])), /Job move-\d+\/j is only being taken over from "Move\d+"/);
    expect(claimed(await rig.get(`/apis/batch/v1/namespaces/${ns}/jobs/j`))).toBe(old.logicalId);
  });

  test('and the same event again, of its create and of its delete, change nothing', async () => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    const was = await picture(ns);
    const create = renamed.event('Create', chart(after));
    await expectSuccess(rig.send(create), TAKEN);
    const taken = await picture(ns);
    await expectSuccess(rig.send(create));
    expect(await picture(ns)).toEqual(taken);
    const remove = renamed.event('Delete', chart(after));
    await expectSuccess(rig.send(remove));
    await expectSuccess(rig.send(remove));
    expect(await picture(ns)).toEqual(was);
  });
});

describe('killed in the middle', () => {
  const PHASES: [string, RegExp][] = [
    ['before it took anything', /Create Custom/], ['of taking', /passed on/], ['of applying', /applied/], ['after it was done', /Create succeeded/],
  ];

  test.each(PHASES)('%s, the create of a renamed chart is brought to an end by the same event', async (_title, phase) => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    const uids = Object.keys(await picture(ns));
    const event = renamed.event('Create', chart(after));
    await lambda.invoke(event, phase);
    expect(await lambda.invoke(event)).toMatchObject({ Status: 'SUCCESS' });
    await expectSuccess(old.delete());
    expect(Object.keys(await picture(ns))).toEqual(uids);
    expect((await cm(ns, 'a')).data).toEqual({ v: 'new', more: 'yes' });
    expect(await lambda.invoke(renamed.event('Delete', chart(after)))).toMatchObject({ Status: 'SUCCESS' });
    expect(await picture(ns)).toEqual({});
  });

  test.each(PHASES)('%s, the create of a renamed chart is taken back by the delete', async (_title, phase) => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    const was = await picture(ns);
    await lambda.invoke(renamed.event('Create', chart(after)), phase);
    await expectSuccess(renamed.delete());
    expect(await picture(ns)).toEqual(was);
  });

  test.each([/Delete Custom/, /given back/, /given back[^]*given back/])('of giving back (%s), the same event brings it to an end', async phase => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    const was = await picture(ns);
    await expectSuccess(renamed.create(chart(after)), TAKEN);
    const event = renamed.event('Delete', chart(after));
    await lambda.invoke(event, phase);
    expect(await lambda.invoke(event)).toMatchObject({ Status: 'SUCCESS' });
    expect(await picture(ns)).toEqual(was);
  });
});

describe('an object that moves from one chart to another', () => {
  interface Pair {
    readonly ns: string;
    readonly from: Resource;
    readonly to: Resource;
    /** Properties of each, and of each with the object. */
    readonly rest: (more?: any[]) => Record<string, unknown>;
    readonly other: (more?: any[]) => Record<string, unknown>;
  }
  const moving = (ns: string, v: string) => [configMap('moving', { v, [v]: 'only' }, ns)];

  async function pair(): Promise<Pair> {
    const ns = await newNamespace();
    const p = {
      ns, from: newChart(), to: newChart(),
      rest: (more: any[] = []) => chart([configMap('rest', {}, ns), ...more]), other: (more: any[] = []) => chart([configMap('other', {}, ns), ...more]),
    };
    await expectSuccess(p.from.create(p.rest(moving(ns, 'old'))));
    await expectSuccess(p.to.create(p.other()));
    return p;
  }

  test('is the same one after it when the chart that takes it comes first, and goes with that chart', async () => {
    const { ns, from, to, rest, other } = await pair();
    const was = await cm(ns, 'moving');
    await expectSuccess(to.update(other(moving(ns, 'new'))), TAKEN);
    await expectSuccess(from.update(rest()));
    const is = await cm(ns, 'moving');
    expect([is.metadata.uid, is.data, claimed(is)]).toEqual([was.metadata.uid, { v: 'new', new: 'only' }, to.logicalId]);
    await expectSuccess(to.update(other()));
    expect(await cm(ns, 'moving')).toBeUndefined();
  });

  test('is removed and made anew when the chart that had it comes first and nobody has asked for it by then; what holds data is kept', async () => {
    const { ns, from, to, rest, other } = await pair();
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: ns }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
    const pvc = () => rig.get(`/api/v1/namespaces/${ns}/persistentvolumeclaims/data`);
    await expectSuccess(from.update(rest([...moving(ns, 'old'), claim])));
    const { uid } = (await pvc()).metadata;
    await expectSuccess(from.update(rest()), /kept: PersistentVolumeClaim/);
    await expectSuccess(to.update(other([...moving(ns, 'new'), claim])));
    const is = await cm(ns, 'moving');
    expect([is.data, claimed(is)]).toEqual([{ v: 'new', new: 'only' }, to.logicalId]);
    expect([(await pvc()).metadata.uid, claimed(await pvc())]).toEqual([uid, to.logicalId]);
    // And back again.
    await expectSuccess(to.update(other()), /kept: PersistentVolumeClaim/);
    await expectSuccess(from.update(rest([...moving(ns, 'old'), claim])));
    expect([(await pvc()).metadata.uid, claimed(await pvc())]).toEqual([uid, from.logicalId]);
  });

  test('is given back, as it was, when only the chart that takes it was updated', async () => {
    const { ns, from, to, rest, other } = await pair();
    const was = await picture(ns);
    await expectSuccess(to.update(other(moving(ns, 'new'))), TAKEN);
    await expectSuccess(to.update(other()));
    expect(await picture(ns)).toEqual(was);
    await expectSuccess(from.update(rest()));
    expect(await cm(ns, 'moving')).toBeUndefined();
  });

  test('is given back when the update of the chart that takes it failed', async () => {
    const { ns, to, other } = await pair();
    const was = await picture(ns);
    const broken = { ...deployment('broken', ns), spec: { replicas: 'many' } };
    await expectFailure(to.update(other([...moving(ns, 'new'), broken])), /broken/);
    await expectSuccess(to.update(other()));
    expect(await picture(ns)).toEqual(was);
  });

  test('is taken back when both were updated and the chart that had it is first in the rollback', async () => {
    const { ns, from, to, rest, other } = await pair();
    const was = await picture(ns);
    await expectSuccess(to.update(other(moving(ns, 'new'))), TAKEN);
    await expectSuccess(from.update(rest()));
    await expectSuccess(from.update(rest(moving(ns, 'old'))), TAKEN);
    await expectSuccess(to.update(other()));
    expect(await picture(ns)).toEqual(was);
  });

  test('is made anew, as it was, when both were updated and the chart that took it is first in the rollback', async () => {
    const { ns, from, to, rest, other } = await pair();
    const { data } = await cm(ns, 'moving');
    await expectSuccess(to.update(other(moving(ns, 'new'))), TAKEN);
    await expectSuccess(from.update(rest()));
    await expectSuccess(to.update(other()));
    await expectSuccess(from.update(rest(moving(ns, 'old'))));
    expect([(await cm(ns, 'moving')).data, claimed(await cm(ns, 'moving'))]).toEqual([data, from.logicalId]);
  });

  test('ends with one of both when they are updated at the same moment, forth and back, and nothing is left over', async () => {
    const { ns, from, to, rest, other } = await pair();
    const event = (resource: Resource, properties: Record<string, unknown>) => resource.event('Update', properties);
    const send = async (...events: any[]) => Promise.all(events.map(e => rig.send(e)));
    for (let round = 0; round < 5; round++) {
      await send(event(from, rest()), event(to, other(moving(ns, 'new'))));
      expect(rig.answers.slice(-2).map(({ Status, Reason }) => Status + (Status === 'FAILED' ? Reason : ''))).toEqual(['SUCCESS', 'SUCCESS']);
      expect([(await cm(ns, 'moving')).data, claimed(await cm(ns, 'moving'))]).toEqual([{ v: 'new', new: 'only' }, to.logicalId]);
      await send(event(from, rest(moving(ns, 'old'))), event(to, other()));
      expect(rig.answers.slice(-2).map(({ Status, Reason }) => Status + (Status === 'FAILED' ? Reason : ''))).toEqual(['SUCCESS', 'SUCCESS']);
      expect([(await cm(ns, 'moving')).data, claimed(await cm(ns, 'moving'))]).toEqual([{ v: 'old', old: 'only' }, from.logicalId]);
    }
    await expectSuccess(from.delete());
    await expectSuccess(to.delete());
    expect(await picture(ns)).toEqual({});
  });
});

describe('a stack that goes', () => {
  test.each([['the one', false], ['the other', true]])('in the middle of a move takes all with it, %s first', async (_title, newFirst) => {
    const ns = await newNamespace();
    const [before, after] = states(ns);
    const [old, renamed] = [newChart(), newChart()];
    await expectSuccess(old.create(chart(before)));
    await expectSuccess(renamed.create(chart(after)), TAKEN);
    for (const resource of newFirst ? [renamed, old] : [old, renamed]) {
      await expectSuccess(resource.delete());
    }
    expect(await picture(ns)).toEqual({});
  });

  test('in the middle of a move takes all with it, both at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const ns = await newNamespace();
      const [before, after] = states(ns);
      const [old, renamed] = [newChart(), newChart()];
      await expectSuccess(old.create(chart(before)));
      await expectSuccess(renamed.create(chart(after)), TAKEN);
      await Promise.all([old.delete(), renamed.delete()]);
      expect(rig.answers.slice(-2).map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
      expect(await picture(ns)).toEqual({});
    }
  });

  test('although the delete of an old name has failed before, the new one is not given back to it', async () => {
    const ns = await newNamespace();
    const [old, renamed] = [newChart(), newChart()];
    const held = configMap('held', {}, ns);
    held.metadata.finalizers = ['example.com/held'];
    await expectSuccess(old.create(chart([configMap('a', {}, ns), held])));
    await expectSuccess(renamed.create(chart([configMap('a', {}, ns)])), TAKEN);
    await expectFailure(old.delete(14), /held is not gone in time/);
    await expectSuccess(renamed.delete());
    expect(await cm(ns, 'a')).toBeUndefined();
    await rig.plane.request('PATCH', `/api/v1/namespaces/${ns}/configmaps/held`, { metadata: { finalizers: null } });
    await expectSuccess(old.delete());
  });
});

test('an object that two charts of a stack have is refused to the one that nobody has asked to let go of it, and given back by the other', async () => {
  const ns = await newNamespace();
  const [one, two] = [newChart(), newChart()];
  await expectSuccess(one.create(chart([configMap('a', { of: 'one' }, ns)])));
  await expectSuccess(two.create(chart([configMap('a', { of: 'two' }, ns), configMap('b', {}, ns)])), TAKEN);
  await expectFailure(one.update(chart([configMap('a', { of: 'one', x: 'y' }, ns)])), /ConfigMap move-\d+\/a is delivered by "Move\d+" .* cannot be delivered by "Move\d+" .* too\. Remove it from one of the two/);
  expect((await cm(ns, 'a')).data).toEqual({ of: 'two' });
  await expectSuccess(two.update(chart([configMap('b', {}, ns)])));
  expect([(await cm(ns, 'a')).data, claimed(await cm(ns, 'a'))]).toEqual([{ of: 'one' }, one.logicalId]);
  await expectSuccess(two.delete());
  await expectSuccess(one.delete());
});

test('two charts of a stack that create the same object at the same moment: one has it, the other is refused or has taken it over', async () => {
  const ns = await newNamespace();
  const [one, two] = [newChart(), newChart()];
  const objects = (v: string) => chart(Array.from({ length: 20 }, (_, i) => configMap(`both-${i}`, { v }, ns)));
  await Promise.all([rig.send(one.event('Create', objects('1'))), rig.send(two.event('Create', objects('2')))]);
  const { items } = await rig.get(`/api/v1/namespaces/${ns}/configmaps`);
  const both = items.filter((o: any) => o.metadata.name.startsWith('both-'));
  expect(new Set(both.map((o: any) => `${claimed(o)} ${o.data.v}`)).size).toBeLessThan(2);
  for (const resource of [one, two]) {
    await rig.send(resource.event('Delete', objects('')));
  }
  expect(await picture(ns)).toEqual({});
});

test('an object of another stack is never taken', async () => {
  const ns = await newNamespace();
  const [theirs, ours] = [newChart('stack-one'), newChart('stack-two')];
  await expectSuccess(theirs.create(chart([configMap('a', {}, ns)])));
  await expectFailure(ours.create(chart([configMap('a', {}, ns)])), /is delivered by "Move\d+" of stack stack-one .* cannot be delivered by "Move\d+" of stack stack-two/);
  await expectSuccess(ours.delete());
  expect(claimed(await cm(ns, 'a'))).toBe(theirs.logicalId);
});
