import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { referenceDir } from '../reference';
import { chart, configMap, crd, custom, deployment, DeliveryRig, namespace, Resource } from './delivery-rig';
import { until } from './until';

let rig: DeliveryRig;
beforeAll(async () => { rig = await DeliveryRig.start(); });
afterAll(async () => rig?.stop());
beforeEach(() => { rig.logs.length = 0; });

let count = 0;
function newChart(stack?: string): Resource {
  return rig.resource(RESOURCE_TYPES.CHART, `Chart${++count}`, stack);
}

/** A namespace of its own for a test, made by somebody else. */
async function newNamespace(): Promise<string> {
  const name = `test-${++count}`;
  await rig.make('/api/v1/namespaces', namespace(name));
  return name;
}

type Result = { Status: string; Reason?: string };

async function expectSuccess(answer: Promise<Result>): Promise<Result> {
  const result = await answer;
  expect(result.Reason ?? '').not.toMatch(/^(?!kept)./s);
  expect(result).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  return result;
}

async function expectFailure(answer: Promise<Result>, reason: RegExp): Promise<Result> {
  const result = await answer;
  expect(result.Reason).toMatch(reason);
  expect(result.Status).toBe('FAILED');
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(4096);
  return result;
}

function configMapPath(ns: string, name: string): string {
  return `/api/v1/namespaces/${ns}/configmaps/${name}`;
}

async function inventories(): Promise<any[]> {
  return (await rig.get('/api/v1/namespaces/kube-system/configmaps?labelSelector=app.kubernetes.io/managed-by=eks-slipway')).items;
}

describe('order', () => {
  test('objects in any order are delivered: a definition before its objects, a namespace before what lies in it', async () => {
    const shop = newChart();
    await expectSuccess(shop.create(chart([
      custom('Widget', 'w1', 'first'), deployment('web', 'first', { replicas: 2 }), configMap('settings', { a: '1' }, 'first'), namespace('first'), crd('Widget'),
    ])));
    expect((await rig.get('/apis/example.com/v1/namespaces/first/widgets/w1')).spec).toEqual({ size: 1 });
    expect((await rig.get('/apis/apps/v1/namespaces/first/deployments/web')).status.availableReplicas).toBe(2);
    await expectSuccess(shop.delete());
    expect(await rig.get('/api/v1/namespaces/first')).toBeUndefined();
    expect(await rig.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com')).toBeUndefined();
    expect((await inventories()).filter(({ metadata }) => metadata.annotations['eks-slipway/inventory-of'].endsWith(`:${shop.logicalId}`))).toEqual([]);
  });

  test('a webhook that nothing serves yet is waited for', async () => {
    const ns = await newNamespace();
    await rig.make('/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'late' },
      webhooks: [{
        name: 'late.example.com',
        clientConfig: { service: { name: 'nobody', namespace: ns } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': ns } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      }],
    });
    const object = configMap('guarded', {}, ns);
    await until(async () => (await rig.plane.request('POST', `/api/v1/namespaces/${ns}/configmaps?dryRun=All`, object)).status >= 400);
    const created = newChart().create(chart([object]));
    await until(() => /InternalError, trying again/.test(rig.logs.join('\n')));
    await rig.plane.request('DELETE', '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/late');
    await expectSuccess(created);
  });
});

describe('update', () => {
  test('a failed update is rolled back by one with the old properties: nothing of the new is left', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    const old = chart([configMap('a', { v: 'old' }, ns), configMap('b', {}, ns)]);
    await expectSuccess(resource.create(old));
    const { uid } = (await rig.get(configMapPath(ns, 'b'))).metadata;
    const broken = { ...deployment('broken', ns), spec: { replicas: 'many' } };
    await expectFailure(resource.update(chart([configMap('a', { v: 'new' }, ns), configMap('c', {}, ns), broken])), /Deployment test-\d+\/broken/);
    expect((await rig.get(configMapPath(ns, 'a'))).data).toEqual({ v: 'new' });
    await expectSuccess(resource.update(old));
    expect((await rig.get(configMapPath(ns, 'a'))).data).toEqual({ v: 'old' });
    expect(await rig.get(configMapPath(ns, 'c'))).toBeUndefined();
    expect((await rig.get(configMapPath(ns, 'b'))).metadata.uid).toBe(uid);
  });

  test('a drifted field comes back, and the word of an autoscaler on replicas stands', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    await expectSuccess(resource.create(chart([deployment('web', ns, { replicas: 1 }), configMap('a', { v: '1' }, ns)])));
    await rig.plane.request('PATCH', configMapPath(ns, 'a'), { data: { v: 'drifted' } });
    await rig.plane.request('PATCH', `/apis/apps/v1/namespaces/${ns}/deployments/web/scale?fieldManager=horizontal-pod-autoscaler`, { spec: { replicas: 3 } });
    await expectSuccess(resource.update(chart([deployment('web', ns, { replicas: 1 }), configMap('a', { v: '1' }, ns)], { Revision: '2' })));
    expect((await rig.get(configMapPath(ns, 'a'))).data).toEqual({ v: '1' });
    expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).spec.replicas).toBe(3);
  });

  test('forced by nothing but a new revision, brings back what somebody has changed, and what somebody has deleted', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    const objects = [configMap('changed', { v: '1' }, ns), configMap('deleted', { v: '1' }, ns), configMap('neither', { v: '1' }, ns)];
    await expectSuccess(resource.create(chart(objects, { Revision: '1' })));
    const { resourceVersion } = (await rig.get(configMapPath(ns, 'neither'))).metadata;
    await rig.plane.request('PATCH', configMapPath(ns, 'changed'), { data: { v: '2', w: 'added' } });
    await rig.plane.request('DELETE', configMapPath(ns, 'deleted'));
    await expectSuccess(resource.update(chart(objects, { Revision: '2' })));
    // What somebody has added and the chart says nothing of is theirs.
    expect((await rig.get(configMapPath(ns, 'changed'))).data).toEqual({ v: '1', w: 'added' });
    expect((await rig.get(configMapPath(ns, 'deleted'))).data).toEqual({ v: '1' });
    expect((await rig.get(configMapPath(ns, 'neither'))).metadata.resourceVersion).toBe(resourceVersion);
    await expectSuccess(resource.delete());
    expect(await rig.get(configMapPath(ns, 'deleted'))).toBeUndefined();
  });

  test('an unknown field is an error that names it', async () => {
    const ns = await newNamespace();
    await expectFailure(newChart().create(chart([deployment('web', ns, { replicaz: 1 })])), /Deployment test-\d+\/web: .*replicaz/);
  });
});

describe('a field that cannot be changed', () => {
  const REPLACE = { 'eks-slipway/on-immutable': 'replace' };

  test.each<[string, string, any, any]>([
    ['the pods of a Job', 'batch/v1/jobs', ...[1, 2].map(version => ({
      apiVersion: 'batch/v1', kind: 'Job', spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: `web:${version}` }] } } },
    }))],
    ['the address of a Service', 'v1/services', ...['10.100.7.1', '10.100.7.2'].map(clusterIP => ({
      apiVersion: 'v1', kind: 'Service', spec: { clusterIP, ports: [{ port: 80 }] },
    }))],
    ['the role of a binding', 'rbac.authorization.k8s.io/v1/rolebindings', ...['view', 'edit'].map(name => ({
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    }))],
    ['the selector of a Deployment', 'apps/v1/deployments', ...['a', 'b'].map(app => ({
      apiVersion: 'apps/v1', kind: 'Deployment',
      spec: { selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'main', image: 'web:1' }] } } },
    }))],
  ] as any)('%s: a change is refused, or the object is replaced when that is asked for', async (_title, place, before, after) => {
    const ns = await newNamespace();
    const [, group, plural] = /^(.*)\/(.*)$/.exec(place)!;
    const path = `/${group === 'v1' ? 'api' : 'apis'}/${group}/namespaces/${ns}/${plural}/x`;
    const object = (body: object, annotations?: object) => ({ ...body, metadata: { name: 'x', namespace: ns, annotations } });
    const resource = newChart();
    await expectSuccess(resource.create(chart([object(before)])));
    const { uid } = (await rig.get(path)).metadata;
    await expectFailure(resource.update(chart([object(after)])), /\w+ test-\d+\/x: .*cannot be changed in place: give the object a new name.*or annotate it eks-slipway\/on-immutable: replace/s);
    expect((await rig.get(path)).metadata.uid).toBe(uid);
    await expectSuccess(resource.update(chart([object(after, REPLACE)])));
    const now = await rig.get(path);
    expect(now.metadata.uid).not.toBe(uid);
    expect(now).toMatchObject(after);
    // Nothing is replaced that can be changed, and the new object is as much ours as the old one.
    await expectSuccess(resource.update(chart([object(after, { ...REPLACE, note: 'changed' })])));
    expect((await rig.get(path)).metadata.uid).toBe(now.metadata.uid);
    await expectSuccess(resource.delete());
    expect(await rig.get(path)).toBeUndefined();
  });

  test('of a StatefulSet: pods go on running, claims stay; one that would delete its claims is not replaced', async () => {
    const ns = await newNamespace();
    const set = (storage: string, annotations?: object, spec?: object) => ({
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', namespace: ns, annotations },
      spec: {
        serviceName: 'db', selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'main', image: 'db:1' }] } },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } }],
        ...spec,
      },
    });
    // Nobody makes volumes here: the claim gets one by hand.
    await rig.make('/api/v1/persistentvolumes', {
      apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: ns },
      spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/nowhere' }, claimRef: { name: 'data-db-0', namespace: ns } },
    });
    const resource = newChart();
    const pod = async () => (await rig.get(`/api/v1/namespaces/${ns}/pods/db-0`)).metadata.uid;
    const claim = async () => (await rig.get(`/api/v1/namespaces/${ns}/persistentvolumeclaims/data-db-0`)).metadata.uid;
    await expectSuccess(resource.create(chart([set('1Gi')], { Timeout: 60 })));
    const before = [await pod(), await claim()];
    await expectFailure(resource.update(chart([set('2Gi')])), /StatefulSet test-\d+\/db: .*on-immutable: replace/s);
    await expectSuccess(resource.update(chart([set('2Gi', REPLACE)])));
    expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/statefulsets/db`)).spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('2Gi');
    expect([await pod(), await claim()]).toEqual(before);

    const careless = { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } };
    await expectSuccess(resource.update(chart([set('2Gi', REPLACE, careless)])));
    await expectFailure(resource.update(chart([set('3Gi', REPLACE, careless)])), /db cannot be replaced, although .*: it deletes its volume claims with itself/);
    expect(await claim()).toBe(before[1]);
  });

  test('of a claim or a definition is never replaced, nor what would be refused anyway, nor what is only being adopted', async () => {
    const ns = await newNamespace();
    const claim = (mode: string) => ({
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: ns, annotations: REPLACE },
      spec: { accessModes: [mode], resources: { requests: { storage: '1Gi' } } },
    });
    const job = (image: string, restartPolicy = 'Never') => ({
      apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', namespace: ns, annotations: REPLACE }, spec: { suspend: true, template: { spec: { restartPolicy, containers: [{ name: 'main', image }] } } },
    });
    const resource = newChart();
    await expectSuccess(resource.create(chart([claim('ReadWriteOnce'), job('one:1')])));
    await expectFailure(resource.update(chart([claim('ReadOnlyMany'), job('one:1')])), /PersistentVolumeClaim test-\d+\/data cannot be replaced, although .*: its data would be lost/);
    const { uid } = (await rig.get(`/apis/batch/v1/namespaces/${ns}/jobs/j`)).metadata;
    await expectFailure(resource.update(chart([claim('ReadWriteOnce'), job('two:2', 'Always')])), /Job test-\d+\/j: .*restartPolicy: Required value.*field is immutable\]$/s);
    expect((await rig.get(`/apis/batch/v1/namespaces/${ns}/jobs/j`)).metadata.uid).toBe(uid);

    await rig.make(`/apis/batch/v1/namespaces/${ns}/jobs`, { ...job('one:1'), metadata: { name: 'theirs' } });
    const theirs = { ...job('two:2'), metadata: { name: 'theirs', namespace: ns, annotations: REPLACE } };
    await expectFailure(newChart().create(chart([theirs], { Conflict: 'Adopt' })), /theirs is only being adopted/);
    expect((await rig.get(`/apis/batch/v1/namespaces/${ns}/jobs/theirs`)).spec.template.spec.containers[0].image).toBe('one:1');
  });
});

describe('ownership', () => {
  test('an object that exists is refused with who made it, nothing is written, and the delete that follows leaves it', async () => {
    const ns = await newNamespace();
    await rig.make(`/api/v1/namespaces/${ns}/configmaps?fieldManager=by-hand`, configMap('theirs', { v: 'theirs' }, ns));
    const resource = newChart();
    await expectFailure(resource.create(chart([configMap('a', {}, ns), configMap('theirs', { v: 'ours' }, ns)])), /theirs exists and was not delivered by EKS Slipway \(it was made by "by-hand"\)/);
    expect(await rig.get(configMapPath(ns, 'a'))).toBeUndefined();
    await expectSuccess(resource.delete());
    expect((await rig.get(configMapPath(ns, 'theirs'))).data).toEqual({ v: 'theirs' });
  });

  test('an object can be adopted; a create that fails puts it back as it was', async () => {
    const ns = await newNamespace();
    await rig.make(`/api/v1/namespaces/${ns}/configmaps`, configMap('theirs', { v: 'theirs', w: 'kept' }, ns));
    const before = await rig.get(configMapPath(ns, 'theirs'));
    const broken = { ...deployment('broken', ns), spec: { replicas: 'many' } };
    const resource = newChart();
    await expectFailure(resource.create(chart([configMap('theirs', { v: 'ours' }, ns), broken], { Conflict: 'Adopt' })), /broken/);
    const { metadata, ...after } = await rig.get(configMapPath(ns, 'theirs'));
    expect({ ...after, annotations: metadata.annotations, uid: metadata.uid }).toEqual({
      apiVersion: 'v1', kind: 'ConfigMap', data: before.data, annotations: undefined, uid: before.metadata.uid,
    });
    await expectSuccess(resource.create(chart([configMap('theirs', { v: 'ours' }, ns)], { Conflict: 'Adopt' })));
    expect((await rig.get(configMapPath(ns, 'theirs'))).data).toEqual({ v: 'ours', w: 'kept' });
    await expectSuccess(resource.delete());
    expect(await rig.get(configMapPath(ns, 'theirs'))).toBeUndefined();
  });

  test('an object of another stack is refused and both are named, also when both create it at the same moment', async () => {
    const ns = await newNamespace();
    const [one, two] = [newChart('stack-one'), newChart('stack-two')];
    const objects = (v: string) => chart(Array.from({ length: 30 }, (_, i) => configMap(`shared-${i}`, { v }, ns)));
    const answers = await Promise.all([one.event('Create', objects('1')), two.event('Create', objects('2'))].map(async event => {
      const before = rig.answers.length;
      await rig.send(event);
      return rig.answers.slice(before).find(answer => answer.PhysicalResourceId.includes(event.LogicalResourceId))!;
    }));
    const lost = answers.filter(answer => answer.Status === 'FAILED');
    expect(lost.length).toBeGreaterThan(0);
    for (const answer of lost) {
      expect(answer.Reason).toMatch(/is delivered by .* of stack stack-(one|two) .* cannot be delivered by .* of stack stack-(one|two)/);
    }
    const left = (await rig.get(`/api/v1/namespaces/${ns}/configmaps`)).items.filter((o: any) => o.metadata.name.startsWith('shared-'));
    // One winner with everything, or two losers with nothing: never a mixture.
    const values = new Set(left.map((o: any) => o.data.v));
    expect([left.length, values.size]).toEqual(lost.length === 1 ? [30, 1] : [0, 0]);
  });

  test('delete and prune leave what somebody else made anew under the same name, and what lost its claim', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    await expectSuccess(resource.create(chart(['remade', 'disowned', 'ours'].map(name => configMap(name, {}, ns)))));
    const copy = await rig.get(configMapPath(ns, 'remade'));
    await rig.plane.request('DELETE', configMapPath(ns, 'remade'));
    await rig.make(`/api/v1/namespaces/${ns}/configmaps`, { ...configMap('remade', {}, ns), metadata: { name: 'remade', annotations: copy.metadata.annotations } });
    await rig.plane.request('PATCH', configMapPath(ns, 'disowned'), { metadata: { annotations: { 'eks-slipway/claim': null } } });
    await expectSuccess(resource.delete());
    expect(await rig.get(configMapPath(ns, 'remade'))).toBeDefined();
    expect(await rig.get(configMapPath(ns, 'disowned'))).toBeDefined();
    expect(await rig.get(configMapPath(ns, 'ours'))).toBeUndefined();
  });

  test('what an API server copies from our objects is not taken for ours', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    await expectSuccess(resource.create(chart([deployment('web', ns)])));
    const [set] = (await rig.get(`/apis/apps/v1/namespaces/${ns}/replicasets`)).items;
    expect(set.metadata.annotations['eks-slipway/claim']).toContain('apps/Deployment');
    // The copied claim does not cover the ReplicaSet: to deliver it would be to take what is not ours.
    await expectFailure(resource.update(chart([deployment('web', ns), {
      apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: set.metadata.name, namespace: ns }, spec: set.spec,
    }])), /ReplicaSet .* exists and was not delivered by EKS Slipway/);
  });
});

describe('create that fails', () => {
  test('is undone: nothing is left, volumes and namespaces included, and the next try succeeds', async () => {
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'undone' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
    const good = [namespace('undone'), crd('Doohickey'), custom('Doohickey', 'd', 'undone'), configMap('a', {}, 'undone'), claim];
    const resource = newChart();
    await expectFailure(resource.create(chart([...good, { ...custom('Nothing', 'n', 'undone'), apiVersion: 'nowhere.example.org/v1' }])), /knows no kind "Nothing"/);
    await expectFailure(resource.create(chart([...good, { ...deployment('broken', 'undone'), spec: { replicas: 'many' } }])), /broken/);
    expect(await rig.get('/api/v1/namespaces/undone')).toBeUndefined();
    expect(await rig.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/doohickeys.example.com')).toBeUndefined();
    await expectSuccess(resource.create(chart(good)));
  });

  test('and never came to an end is undone by the delete that follows', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    // The inventory of a create that was killed after its first object: intents, one of them carried out.
    const event = resource.event('Create', chart([configMap('made', {}, ns), configMap('not-made', {}, ns)]));
    await rig.send(event);
    const [inventory] = (await inventories()).filter(i => i.data.objects.includes('not-made'));
    await rig.plane.request('PATCH', `/api/v1/namespaces/kube-system/configmaps/${inventory.metadata.name}`, { data: { requests: '[]' } });
    await rig.plane.request('DELETE', configMapPath(ns, 'not-made'));
    await expectSuccess(resource.delete());
    expect(await rig.get(configMapPath(ns, 'made'))).toBeUndefined();
  });

  test('because it does not become ready says which pod, and why', async () => {
    const ns = await newNamespace();
    const stuck = deployment('stuck', ns);
    stuck.spec.template.spec.nodeSelector = { nowhere: 'at-all' };
    await expectFailure(newChart().create(chart([stuck], { Timeout: 4 })), /Deployment test-\d+\/stuck is not ready: 0 of 1 replicas available \(pod stuck-\S+: not scheduled: 0\/1 nodes are available/);
    expect(await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/stuck`)).toBeUndefined();
  });

  test('because its pods are refused says so', async () => {
    const ns = await newNamespace();
    const refused = deployment('refused', ns);
    refused.spec.template.spec.serviceAccountName = 'nobody';
    await expectFailure(newChart().create(chart([refused], { Timeout: 4 })), /refused is not ready.*serviceaccount "nobody" not found/);
  });
});

test('a custom resource is ready when the condition is true that its annotation names; if not, the answer says what the condition says', async () => {
  const ns = await newNamespace();
  await rig.make('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd('NodeClass', 'nodeclasses'));
  const waiting = custom('NodeClass', 'waiting', ns);
  waiting.metadata.annotations = { 'eks-slipway/wait-for': 'Ready' };
  const path = `/apis/example.com/v1/namespaces/${ns}/nodeclasses/waiting`;
  const say = (status: string, message: string) => rig.plane.request('PATCH', path, { status: { conditions: [{ type: 'Ready', status, reason: 'SubnetsNotFound', message }] } });

  const resource = newChart();
  const created = resource.create(chart([waiting]));
  await until(() => rig.get(path));
  await say('True', 'fine');
  await expectSuccess(created);
  await say('False', 'no subnets match');
  await expectFailure(resource.update(chart([waiting], { Timeout: 2 })), /NodeClass test-\d+\/waiting is not ready: condition "Ready" is False: SubnetsNotFound: no subnets match/);
});

test('a repeated event changes nothing', async () => {
  const ns = await newNamespace();
  const resource = newChart();
  const event = resource.event('Create', chart([configMap('a', { v: '1' }, ns)]));
  expect((await rig.send(event)).Status).toBe('SUCCESS');
  const before = await rig.get(configMapPath(ns, 'a'));
  await expectSuccess(resource.update(chart([configMap('a', { v: '2' }, ns)])));
  const first = await rig.send(event);
  expect([first.Status, first.PhysicalResourceId]).toEqual(['SUCCESS', `rehearsal/shop/${resource.logicalId}`]);
  expect((await rig.get(configMapPath(ns, 'a'))).data).toEqual({ v: '2' });
  expect((await rig.get(configMapPath(ns, 'a'))).metadata.uid).toBe(before.metadata.uid);
  await expectSuccess(resource.delete());
  await expectSuccess(resource.delete());
});

describe('delete', () => {
  test('waits for finalizers and, at the end of its time, names object, finalizer and controller', async () => {
    const ns = await newNamespace();
    const held = configMap('held', {}, ns);
    held.metadata.finalizers = ['karpenter.sh/termination'];
    const resource = newChart();
    await expectSuccess(resource.create(chart([held])));
    await expectFailure(resource.delete(14), /ConfigMap test-\d+\/held is not gone in time: finalizer "karpenter.sh\/termination" \(Karpenter\)/);
    const again = resource.delete();
    await until(async () => (await rig.get(configMapPath(ns, 'held'))).metadata.deletionTimestamp);
    await rig.plane.request('PATCH', configMapPath(ns, 'held'), { metadata: { finalizers: null } });
    await expectSuccess(again);
    expect(await rig.get(configMapPath(ns, 'held'))).toBeUndefined();
  });

  test('waits for dependents that outlive their owner', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    await expectSuccess(resource.create(chart([deployment('web', ns)])));
    const [pod] = (await rig.get(`/api/v1/namespaces/${ns}/pods`)).items;
    await rig.plane.request('PATCH', `/api/v1/namespaces/${ns}/pods/${pod.metadata.name}`, { metadata: { finalizers: ['example.com/slow'] } });
    await expectFailure(resource.delete(14), /Deployment test-\d+\/web is not gone in time: finalizer "foregroundDeletion" \(its dependents are not gone yet\)/);
    await rig.plane.request('PATCH', `/api/v1/namespaces/${ns}/pods/${pod.metadata.name}`, { metadata: { finalizers: null } });
    await expectSuccess(resource.delete());
  });

  test('keeps volumes, what is annotated so, and a namespace that holds volumes; the same resource may take them up again', async () => {
    const claim = (name: string, annotations?: object) => ({
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: 'stateful', annotations },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    const keep = configMap('keep', {}, 'stateful');
    keep.metadata.annotations = { 'eks-slipway/on-delete': 'retain' };
    const objects = chart([namespace('stateful'), claim('data'), claim('scratch', { 'eks-slipway/on-delete': 'delete' }), keep, configMap('go', {}, 'stateful')]);
    const resource = newChart();
    await expectSuccess(resource.create(objects));
    const { uid } = (await rig.get('/api/v1/namespaces/stateful/persistentvolumeclaims/data')).metadata;
    const { Reason } = await expectSuccess(resource.delete());
    expect(Reason).toMatch(/kept: .*PersistentVolumeClaim stateful\/data \(it holds data.*Namespace stateful \(it holds PersistentVolumeClaims/);
    expect(await rig.get('/api/v1/namespaces/stateful/persistentvolumeclaims/scratch')).toBeUndefined();
    expect(await rig.get(configMapPath('stateful', 'go'))).toBeUndefined();
    expect((await rig.get(configMapPath('stateful', 'keep'))).metadata.annotations['eks-slipway/claim']).toBeUndefined();
    await expectSuccess(rig.resource(RESOURCE_TYPES.CHART, resource.logicalId).create(objects));
    expect((await rig.get('/api/v1/namespaces/stateful/persistentvolumeclaims/data')).metadata.uid).toBe(uid);
  });

  test('of a set that retains lets everything go, without a claim', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    await expectSuccess(resource.create(chart([configMap('a', {}, ns)], { Removal: 'Retain' })));
    await expectSuccess(resource.delete());
    expect((await rig.get(configMapPath(ns, 'a'))).metadata.annotations['eks-slipway/claim']).toBeUndefined();
  });

  test('keeps a definition while others have objects of it', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    await expectSuccess(resource.create(chart([crd('Gizmo')])));
    await rig.make(`/apis/example.com/v1/namespaces/${ns}/gizmos`, custom('Gizmo', 'theirs', ns));
    const { Reason } = await expectSuccess(resource.delete());
    expect(Reason).toMatch(/kept: CustomResourceDefinition gizmos.example.com \(objects of this kind are left that would go with it: Gizmo test-\d+\/theirs\)/);
    expect(await rig.get(`/apis/example.com/v1/namespaces/${ns}/gizmos/theirs`)).toBeDefined();
  });

  test('keeps a namespace that somebody else delivers into', async () => {
    const [owner, guest] = [newChart(), newChart('guests')];
    await expectSuccess(owner.create(chart([namespace('shared'), configMap('a', {}, 'shared')])));
    await expectSuccess(guest.create(chart([configMap('theirs', {}, 'shared')])));
    const { Reason } = await expectSuccess(owner.delete());
    expect(Reason).toMatch(/kept: Namespace shared \("Chart\d+" of stack guests .* delivers into it\)/);
    expect(await rig.get(configMapPath('shared', 'theirs'))).toBeDefined();
  });

  test('of what was never created, of a type nobody knows, and with an asset that is gone, succeeds', async () => {
    await expectSuccess(newChart().delete());
    await expectSuccess(rig.resource('Custom::SomethingElse', 'Unknown').delete());
    const ns = await newNamespace();
    rig.files.set('/assets/objects.json', JSON.stringify([JSON.stringify([configMap('a', {}, ns)])]));
    const resource = newChart();
    await expectSuccess(resource.create({ Content: { Bucket: 'assets', Key: 'objects.json' } }));
    rig.files.delete('/assets/objects.json');
    await expectSuccess(resource.delete());
    expect(await rig.get(configMapPath(ns, 'a'))).toBeUndefined();
  });

  test('without an inventory finds by the manifest what still is ours', async () => {
    const ns = await newNamespace();
    const resource = newChart();
    await expectSuccess(resource.create(chart([configMap('a', {}, ns)])));
    const [inventory] = (await inventories()).filter(i => i.data.objects.includes(ns));
    await rig.plane.request('DELETE', `/api/v1/namespaces/kube-system/configmaps/${inventory.metadata.name}`);
    await expectSuccess(resource.delete());
    expect(await rig.get(configMapPath(ns, 'a'))).toBeUndefined();
  });
});

describe('content', () => {
  test('deploy-time values reach their places, escaped, from an asset too', async () => {
    const ns = await newNamespace();
    const nasty = 'line\n"quoted" \\ {"a":"b"} ${x} \u2028';
    const parts = JSON.stringify([configMap('tokens', { whole: '@@', inside: 'a-@@-b', nested: JSON.stringify({ deep: '@@' }) }, ns), deployment('web', ns, { replicas: 0 })])
      .replace('"replicas":0', '"replicas":@@').split('@@');
    rig.files.set('/assets/tokens.json', JSON.stringify(parts));
    await expectSuccess(newChart().create({ Content: { Bucket: 'assets', Key: 'tokens.json', Values: [nasty, nasty, 'x', '2'] } }));
    expect((await rig.get(configMapPath(ns, 'tokens'))).data).toEqual({ whole: nasty, inside: `a-${nasty}-b`, nested: '{"deep":"x"}' });
    expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).spec.replicas).toBe(2);
  });

  test('a key that is no longer in the text of a Secret is no longer in the cluster', async () => {
    const ns = await newNamespace();
    const secret = (stringData: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: ns }, data: { raw: 'eA==' }, stringData });
    const resource = newChart();
    await expectSuccess(resource.create(chart([secret({ user: 'me', old: 'x' })])));
    await expectSuccess(resource.update(chart([secret({ user: 'me' })])));
    expect((await rig.get(`/api/v1/namespaces/${ns}/secrets/s`)).data).toEqual({ raw: 'eA==', user: 'bWU=' });
  });

  test('a Secret is in no log, no answer and no inventory', async () => {
    const ns = await newNamespace();
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: ns }, stringData: { password: 'hunter2hunter2' } };
    const resource = newChart();
    await expectSuccess(resource.create(chart([secret])));
    await expectFailure(resource.update(chart([{ ...secret, stringData: { password: ['hunter2hunter2'] } }])), /Secret test-\d+\/s/);
    await expectFailure(resource.update({ Content: { Parts: ['[{"hunter2hunter2"'] } }), /the manifest is not valid JSON/);
    const told = JSON.stringify([rig.logs, rig.answers, await inventories()]);
    expect(told).toContain(`Secret ${ns}/s`);
    expect(told).not.toContain('hunter2');
    expect(told).not.toContain(Buffer.from('hunter2hunter2').toString('base64'));
  });

  const crds = referenceDir() && join(referenceDir()!, 'crds');
  (crds ? test : test.skip)('definitions of every size are delivered, updated and removed (needs the reference data)', async () => {
    const files = ['prometheus-operator', 'karpenter-v1.14.1', 'spark-operator-v2.5.2'].flatMap(folder => readdirSync(join(crds!, folder)).map(file => join(crds!, folder, file)));
    const objects = files.flatMap(file => parseAllDocuments(readFileSync(file, 'utf8')).map((d: any) => d.toJS())).filter(o => o?.kind === 'CustomResourceDefinition');
    expect(Math.max(...objects.map(o => JSON.stringify(o).length))).toBeGreaterThan(400_000);
    const resource = newChart();
    rig.files.set('/assets/crds.json', JSON.stringify([JSON.stringify(objects)]));
    const content = { Content: { Bucket: 'assets', Key: 'crds.json' } };
    await expectSuccess(resource.create(content));
    await expectSuccess(resource.update({ ...content, Revision: '2' }));
    await expectSuccess(resource.delete());
    expect(await rig.get(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${objects[0].metadata.name}`)).toBeUndefined();
  });

  test('five hundred objects are delivered, updated and removed', async () => {
    const ns = await newNamespace();
    const objects = (v: string) => chart(Array.from({ length: 500 }, (_, i) => configMap(`cm-${i}`, { v: i < 10 ? v : '0' }, ns)));
    const resource = newChart();
    // Kubernetes adds one of its own to each namespace.
    const values = async () => (await rig.get(`/api/v1/namespaces/${ns}/configmaps`)).items.flatMap((o: any) => o.data.v ?? []).sort();
    await expectSuccess(resource.create(objects('1')));
    expect(await values()).toEqual([...Array(490).fill('0'), ...Array(10).fill('1')]);
    await expectSuccess(resource.update(objects('2')));
    expect(await values()).toEqual([...Array(490).fill('0'), ...Array(10).fill('2')]);
    await expectSuccess(resource.delete());
    expect(await values()).toEqual([]);
  });
});

describe('the way there', () => {
  test('an access entry that arrives late is waited for', async () => {
    const ns = await newNamespace();
    rig.plane.revoke('AKIADELIVERY');
    await new Promise(resolve => setTimeout(resolve, 1500));
    const created = newChart().create(chart([configMap('a', {}, ns)]));
    setTimeout(() => rig.plane.authenticate('AKIADELIVERY', { username: 'delivery', groups: [] }), 800);
    setTimeout(() => rig.plane.authenticate('AKIADELIVERY', { username: 'delivery', groups: ['system:masters'] }), 2200);
    await expectSuccess(created);
  });

  test('a server that cannot be reached is an answer, not silence', async () => {
    const endpoint = process.env.CLUSTER_ENDPOINT;
    process.env.CLUSTER_ENDPOINT = 'https://127.0.0.1:1';
    process.env.DELIVERY_PATIENCE_SECONDS = '1';
    try {
      await expectFailure(newChart().create(chart([configMap('a')])), /the API server cannot be reached: .*ECONNREFUSED/);
    } finally {
      Object.assign(process.env, { CLUSTER_ENDPOINT: endpoint, DELIVERY_PATIENCE_SECONDS: '10' });
    }
  });

  test('an answer that is not taken is given again', async () => {
    rig.refusals.push(500, 503);
    await expectSuccess(newChart().delete());
  });

  test('an unknown type is refused', async () => {
    await expectFailure(rig.resource('Custom::SomethingElse', 'Unknown').create({}), /"Custom::SomethingElse" is not known/);
  });
});
