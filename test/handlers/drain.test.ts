import { loggedLines } from './logged-lines';
import { scriptedClient } from './scripted-client';
import { ApiResource } from '../../handlers/delivery/discovery';
import { drain } from '../../handlers/delivery/drain';
import { loadBalancers } from '../../handlers/delivery/drain-load-balancers';
import { karpenterNodes } from '../../handlers/delivery/drain-nodes';
import { keepVolumes, unusedVolumes, volumeName } from '../../handlers/delivery/drain-volumes';
import { Step } from '../../handlers/delivery/hand-over';
import { KubeObject } from '../../handlers/delivery/objects';
import { Owner } from '../../handlers/delivery/owner';
import { pauseDeliverers } from '../../handlers/delivery/pause';
import { AwsStandIn } from '../cluster/aws-stand-in';

// What a drain decides on the objects that it finds. What becomes of them is tested with an API server.

const PLURALS: Record<string, string> = { Ingress: 'ingresses', PodDisruptionBudget: 'poddisruptionbudgets' };
const plural = (kind: string) => PLURALS[kind] ?? `${kind.toLowerCase()}s`;

const logs = loggedLines();

/** A cluster with these objects, by kind, which serves no other kinds; what it was told to delete and to change. */
function given(objects: Record<string, object[]>) {
  const { client, sent } = scriptedClient(({ method, path }) => {
    const kind = Object.keys(objects).find(name => path.endsWith(`/${plural(name)}`));
    return method === 'GET' && kind ? { items: objects[kind].map((object, i) => ({ ...object, metadata: { uid: `uid-${i}`, ...(object as KubeObject).metadata } })) } : {};
  });
  jest.spyOn(client.discovery, 'findAny').mockImplementation(async (group, version, kind) =>
    kind in objects ? new ApiResource(group, version, kind, plural(kind), true) : undefined);
  const effects = (wanted: string) => sent.filter(({ method }) => method === wanted);
  return {
    client,
    objects,
    deleted: () => effects('DELETE').map(({ path }) => path.split('/').slice(-2).join('/')),
    changed: () => Object.fromEntries(effects('PATCH').map(({ path, body }) => [path.split('/').slice(-2).join('/'), (body as any).spec])),
    sent,
  };
}

const at = (name: string, more: object = {}, namespace = 'shop') => ({ metadata: { name, namespace, ...more } });
const names = async (step: Step<KubeObject>) => (await step.round()).map(({ metadata: { name } }) => name);
const GONE = '2026-01-01T00:00:00Z';

describe('load balancers', () => {
  test('are behind every Ingress and Gateway, and behind Services of that type', async () => {
    const cluster = given({
      Ingress: [at('web'), at('going', { deletionTimestamp: GONE })],
      Gateway: [at('edge')],
      Service: [{ ...at('public'), spec: { type: 'LoadBalancer' } }, { ...at('internal'), spec: { type: 'ClusterIP' } }, { ...at('ports'), spec: { type: 'NodePort' } }],
    });
    const step = loadBalancers(cluster.client);
    expect(step.what).toBe('load balancers');
    expect(await names(step)).toEqual(['web', 'going', 'edge', 'public']);
    expect(cluster.deleted()).toEqual(['ingresses/web', 'gateways/edge', 'services/public']);
  });

  test('that something makes again are told from those that wait for their controller', async () => {
    const objects = { Service: [{ ...at('public', { uid: 'first' }), spec: { type: 'LoadBalancer' } }, { ...at('slow', { uid: 'same', finalizers: ['service.k8s.aws/resources'] }), spec: { type: 'LoadBalancer' } }] };
    const { client } = given(objects);
    const step = loadBalancers(client);
    await step.round();
    objects.Service[0].metadata = { ...objects.Service[0].metadata, uid: 'second' } as any;
    const left = await step.round();
    expect(await step.explain(left)).toEqual([
      'Service shop/public: something makes it again whenever it is deleted',
      expect.stringContaining('Service shop/slow: finalizer "service.k8s.aws/resources" (the AWS Load Balancer Controller)'),
    ]);
  });

  test('whoever would bring them back is paused first, in every round', async () => {
    const cluster = given({ Ingress: [at('web')], Application: [{ ...at('apps'), spec: { syncPolicy: { automated: {} } } }] });
    const step = loadBalancers(cluster.client);
    await step.round();
    await step.round();
    expect(cluster.sent.filter(({ method }) => method !== 'GET').map(({ method }) => method)).toEqual(['PATCH', 'DELETE', 'PATCH', 'DELETE']);
  });
});

test('who delivers by itself is paused: Argo CD\'s sets before their Applications, and Flux; others are not', async () => {
  const cluster = given({
    ApplicationSet: [at('all'), { ...at('default'), spec: { syncPolicy: {} } }, { ...at('syncing'), spec: { syncPolicy: { applicationsSync: 'create-update' } } }, { ...at('paused'), spec: { syncPolicy: { applicationsSync: 'create-only' } } }],
    Application: [
      { ...at('auto'), spec: { syncPolicy: { automated: { enabled: true } } } }, { ...at('off'), spec: { syncPolicy: { automated: { enabled: false } } } }, at('bare'), { ...at('by-hand'), spec: { syncPolicy: {} } },
      { ...at('going', { deletionTimestamp: GONE }), spec: { syncPolicy: { automated: {} } } },
    ],
    Kustomization: [{ ...at('flux'), spec: {} }, at('bare'), { ...at('suspended'), spec: { suspend: true } }],
    HelmRelease: [at('chart'), { ...at('held'), spec: { suspend: true } }],
  });
  await pauseDeliverers(cluster.client);
  expect(Object.entries(cluster.changed())).toEqual([
    ['applicationsets/all', { syncPolicy: { applicationsSync: 'create-only' } }],
    ['applicationsets/default', { syncPolicy: { applicationsSync: 'create-only' } }],
    ['applicationsets/syncing', { syncPolicy: { applicationsSync: 'create-only' } }],
    ['applications/auto', { syncPolicy: { automated: null } }],
    ['kustomizations/flux', { suspend: true }],
    ['kustomizations/bare', { suspend: true }],
    ['helmreleases/chart', { suspend: true }],
  ]);
  expect(logs[0]).toMatch(/^paused ApplicationSet shop\/all \d+ ms$/);
});

describe('nodes of Karpenter', () => {
  const pool = (name: string, group = 'karpenter.k8s.aws') => ({ ...at(name), spec: { template: { spec: { nodeClassRef: { group } } } } });
  const claim = (name: string, of: string | undefined, more: object = {}) => ({ ...at(name, { ...of ? { labels: { 'karpenter.sh/nodepool': of } } : {}, ...more }), status: { nodeName: `node-${name}` } });
  const pod = (name: string, nodeName: string | undefined, more: any = {}) => ({
    ...at(name, more.metadata, more.namespace), spec: { nodeName }, status: { phase: 'Running', ...more.status },
  });

  test('go with their pools, but for the two of Auto Mode that EKS itself keeps', async () => {
    const cluster = given({
      NodePool: [
        pool('general-purpose', 'eks.amazonaws.com'), pool('system', 'eks.amazonaws.com'), pool('own', 'eks.amazonaws.com'), { ...at('general-purpose-2'), spec: {} }, pool('default'),
        { ...at('empty'), spec: { template: { spec: {} } } },
      ],
      NodeClaim: [claim('a', 'general-purpose'), claim('b', 'own'), claim('c', 'default'), claim('d', undefined), claim('e', 'system')],
    });
    expect(await names(karpenterNodes(cluster.client))).toEqual(['own', 'general-purpose-2', 'default', 'empty', 'b', 'c', 'd']);
    expect(cluster.deleted()).toEqual(['nodepools/own', 'nodepools/general-purpose-2', 'nodepools/default', 'nodepools/empty', 'nodeclaims/b', 'nodeclaims/c', 'nodeclaims/d']);
  });

  test('a pool of that name that is Karpenter\'s goes', async () => {
    const cluster = given({ NodePool: [pool('system')] });
    expect(await names(karpenterNodes(cluster.client))).toEqual(['system']);
  });

  test('are not emptied by force unless that is asked for', async () => {
    const objects = { NodeClaim: [claim('a', 'default', { deletionTimestamp: GONE })], Pod: [pod('web', 'node-a')] };
    const respectful = given(objects);
    await karpenterNodes(respectful.client).round();
    expect(respectful.deleted()).toEqual([]);
  });

  test('that are going for longer than that are emptied of what keeps them: no pods of DaemonSets, no kubelet\'s, none that has ended', async () => {
    const cluster = given({
      NodeClaim: [
        claim('old', 'default', { deletionTimestamp: GONE }), claim('young', 'default', { deletionTimestamp: new Date().toISOString() }), claim('new', 'default'),
        { ...at('without', { deletionTimestamp: GONE }) },
      ],
      Pod: [
        pod('web', 'node-old'), pod('young', 'node-young'), pod('new', 'node-new'), pod('pending', undefined),
        pod('agent', 'node-old', { metadata: { ownerReferences: [{ kind: 'DaemonSet' }] } }), pod('mirror', 'node-old', { metadata: { ownerReferences: [{ kind: 'Node' }] } }),
        pod('of-a-set', 'node-old', { metadata: { ownerReferences: [{ kind: 'ReplicaSet' }] } }),
        pod('done', 'node-old', { status: { phase: 'Succeeded' } }), pod('failed', 'node-old', { status: { phase: 'Failed' } }),
      ],
    });
    await karpenterNodes(cluster.client, 60).round();
    expect(cluster.deleted()).toEqual(['nodeclaims/new', 'pods/web', 'pods/of-a-set']);
  });

  test('are explained by the budgets that allow nothing where their pods are, and by their first pods', async () => {
    const budget = (name: string, namespace: string, disruptionsAllowed?: number) => ({ ...at(name, {}, namespace), status: { disruptionsAllowed } });
    const cluster = given({
      NodePool: [pool('default')],
      NodeClaim: [claim('a', 'default', { finalizers: ['karpenter.sh/termination'] }), claim('b', 'default')],
      Pod: [...[1, 2, 3, 4, 5].map(i => pod(`web-${i}`, 'node-a')), pod('elsewhere', 'node-x', { namespace: 'bank' }), pod('alone', 'node-b', { namespace: 'desk' })],
      PodDisruptionBudget: [budget('web', 'shop', 0), budget('lenient', 'shop', 1), budget('unknown', 'shop'), { ...at('new') }, budget('vault', 'bank', 0), budget('alone', 'desk', 0)],
    });
    const step = karpenterNodes(cluster.client);
    expect(step.what).toBe('nodes of Karpenter');
    expect(await step.explain(await step.round())).toEqual([
      'PodDisruptionBudgets that allow no disruption now: desk/alone, shop/web',
      expect.stringMatching(/^NodePool shop\/default: /),
      expect.stringMatching(/^NodeClaim shop\/a, on it run shop\/web-1, shop\/web-2, shop\/web-3 and 2 more: finalizer "karpenter.sh\/termination"/),
      expect.stringMatching(/^NodeClaim shop\/b, on it run desk\/alone: /),
    ]);
  });

  test('without pods are explained by what holds them alone, and nothing else is asked', async () => {
    const cluster = given({ NodeClaim: [{ ...at('a') }], Pod: [pod('pending', undefined)], PodDisruptionBudget: [{ ...at('web'), status: { disruptionsAllowed: 0 } }] });
    const step = karpenterNodes(cluster.client);
    expect(await step.explain(await step.round())).toEqual([expect.stringMatching(/^NodeClaim shop\/a: /)]);
    expect(cluster.sent.some(({ path }) => path.endsWith('/pods'))).toBe(false);
  });

  test('three pods are all named', async () => {
    const cluster = given({ NodeClaim: [claim('a', 'default')], Pod: [1, 2, 3].map(i => pod(`web-${i}`, 'node-a')) });
    const step = karpenterNodes(cluster.client);
    expect(await step.explain(await step.round())).toEqual([expect.stringMatching(/^NodeClaim shop\/a, on it run shop\/web-1, shop\/web-2, shop\/web-3: /)]);
  });
});

describe('volumes', () => {
  const volume = (name: string, spec: object = {}, more: object = {}) => ({ metadata: { name, ...more }, spec: { persistentVolumeReclaimPolicy: 'Delete', ...spec }, status: {} });
  const claim = (name: string, onDelete?: string) => at(name, { uid: `claim-${name}`, ...onDelete ? { annotations: { 'eks-slipway/on-delete': onDelete } } : {} });

  test('are called as AWS and their claims are, or as they are', () => {
    const named = (spec: object) => volumeName({ apiVersion: 'v1', kind: 'PersistentVolume', ...volume('pv-1', spec) });
    expect(named({ csi: { volumeHandle: 'vol-1' }, claimRef: { namespace: 'shop', name: 'data' } })).toBe('vol-1 (shop/data)');
    expect(named({ hostPath: {} })).toBe('pv-1');
  });

  test('are kept by what their own claims say, and changed only where they would go', async () => {
    const of = (name: string) => ({ claimRef: { namespace: 'shop', name, uid: `claim-${name}` } });
    const cluster = given({
      PersistentVolume: [
        volume('e'), volume('b', of('data')), volume('a', of('cache')), volume('c', { ...of('data'), persistentVolumeReclaimPolicy: 'Retain' }), volume('d', of('data'), { deletionTimestamp: GONE }),
      ],
      PersistentVolumeClaim: [claim('data'), claim('cache', 'delete')],
    });
    expect(await keepVolumes(cluster.client, annotation => annotation !== 'delete')).toEqual(['b (shop/data)', 'c (shop/data)', 'e']);
    expect(logs.filter(line => line.startsWith('retained'))).toHaveLength(2);
    expect(cluster.changed()).toEqual({ 'persistentvolumes/b': { persistentVolumeReclaimPolicy: 'Retain' }, 'persistentvolumes/e': { persistentVolumeReclaimPolicy: 'Retain' } });
  });

  test('that no pod on a node uses go with their claims, unless those say otherwise', async () => {
    const pod = (name: string, volumes: object[] | undefined, nodeName: string | undefined = 'node-1', phase = 'Running') => ({ ...at(name), spec: { nodeName, volumes }, status: { phase } });
    const uses = (claimName: string) => [{ name: 'data', persistentVolumeClaim: { claimName } }];
    const cluster = given({
      PersistentVolumeClaim: ['used', 'done', 'failed', 'waiting', 'free', 'db-scratch', 'scratch'].map(name => claim(name)).concat([claim('kept', 'retain'), claim('dropped', 'delete')]),
      Pod: [
        pod('a', uses('used')), pod('b', uses('done'), 'node-1', 'Succeeded'), pod('c', uses('failed'), 'node-1', 'Failed'), pod('d', uses('waiting'), ''), pod('e', undefined),
        pod('db', [{ name: 'scratch', ephemeral: {} }, { name: 'free', emptyDir: {} }]),
      ],
      PersistentVolume: [],
    });
    expect(await names(unusedVolumes(cluster.client))).toEqual(['done', 'failed', 'waiting', 'free', 'scratch', 'dropped']);
    expect(cluster.deleted()).toEqual(['done', 'failed', 'waiting', 'free', 'scratch', 'dropped'].map(name => `persistentvolumeclaims/${name}`));
  });

  test('are waited for until their drivers have removed them, and explained by what the drivers say', async () => {
    const phase = (name: string, status: object | undefined, spec: object = {}) => ({ ...volume(name, spec), status });
    const { client } = given({
      Pod: [],
      PersistentVolumeClaim: [],
      PersistentVolume: [
        phase('released', { phase: 'Released' }), phase('failed', { phase: 'Failed', message: 'the volume is attached' }), phase('bound', { phase: 'Bound' }),
        phase('kept', { phase: 'Released' }, { persistentVolumeReclaimPolicy: 'Retain' }), phase('new', undefined),
      ],
    });
    const step = unusedVolumes(client);
    const left = await step.round();
    expect(left.map(({ metadata }) => metadata.name)).toEqual(['released', 'failed']);
    expect(await step.explain(left)).toEqual([expect.stringMatching(/^PersistentVolume released: its pods or other dependents/), 'PersistentVolume failed: the volume is attached']);
    expect(step.what).toBe('volumes');
  });
});

describe('a drain', () => {
  let aws: AwsStandIn;
  beforeAll(async () => { aws = await AwsStandIn.start(); });
  afterAll(async () => aws.stop());
  beforeEach(() => aws.reset());

  const everything = () => ({
    Ingress: [], Service: [], NodePool: [{ ...at('default', {}, ''), spec: {} }], NodeClaim: [], Pod: [], PersistentVolumeClaim: [at('data', { uid: 'claim' })],
    PersistentVolume: [{ metadata: { name: 'pv' }, spec: { persistentVolumeReclaimPolicy: 'Delete', claimRef: { namespace: 'shop', name: 'data', uid: 'claim' } } }],
    Application: [{ ...at('apps'), spec: { syncPolicy: { automated: {} } } }],
  });

  function run(cluster: ReturnType<typeof given>, properties: object = {}, milliseconds = 5000) {
    return drain({
      event: { RequestType: 'Delete', StackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/5a1d0f70', ResourceProperties: { Timeout: '1', ...properties } } as any,
      client: cluster.client, owner: { cluster: 'rehearsal' } as Owner, deadline: 0, lastMoment: Date.now() + milliseconds,
    });
  }
  const spare = (cluster: ReturnType<typeof given>) => Object.assign(cluster.objects, { NodePool: [] });

  test('that is not one touches nothing', async () => {
    const cluster = given(everything());
    aws.stackStatus = 'UPDATE_COMPLETE';
    expect((await run(cluster)).note).toMatch('not being deleted');
    aws.reset();
    aws.clusterExists = false;
    expect(await run(cluster)).toEqual({ note: undefined });
    expect(cluster.sent).toEqual([]);
  });

  test('pauses, keeps volumes and says which', async () => {
    const cluster = given(everything());
    spare(cluster);
    expect(await run(cluster)).toEqual({ note: 'kept volumes, as the teardown\'s policy says: pv (shop/data)' });
    expect(Object.keys(cluster.changed())).toEqual(['applications/apps', 'persistentvolumes/pv']);
    expect(cluster.deleted()).toEqual([]);
    expect(logs).toContain('kept volume pv (shop/data)');
    expect(cluster.client.deadline).toBeGreaterThan(Date.now());
  });

  test('deletes them where it is told to, but for those whose claims say otherwise', async () => {
    const cluster = given(everything());
    spare(cluster);
    await expect(run(cluster, { Volumes: 'Delete' })).rejects.toThrow(/^after 1 s there are volumes left: PersistentVolumeClaim shop\/data: /);
    expect(Object.keys(cluster.changed()).filter(path => path.startsWith('persistentvolumes'))).toEqual([]);
    expect(new Set(cluster.deleted())).toEqual(new Set(['persistentvolumeclaims/data']));

    const [volume] = everything().PersistentVolume;
    Object.assign(cluster.objects, {
      PersistentVolumeClaim: [at('data', { uid: 'claim', annotations: { 'eks-slipway/on-delete': 'retain' } })], PersistentVolume: [volume, { ...volume, metadata: { name: 'pw' } }],
    });
    expect(await run(cluster, { Volumes: 'Delete' })).toEqual({ note: 'kept volumes, as the teardown\'s policy says: pv (shop/data), pw (shop/data)' });
  });

  test('lets a volume go whose claim says so, and then has nothing to tell', async () => {
    const cluster = given(everything());
    spare(cluster);
    Object.assign(cluster.objects, { PersistentVolumeClaim: [at('data', { uid: 'claim', annotations: { 'eks-slipway/on-delete': 'delete' } })] });
    expect(await run(cluster)).toEqual({ note: undefined });
    expect(Object.keys(cluster.changed())).not.toContain('persistentvolumes/pv');
  });

  test.each([
    ['respects budgets', {}, []],
    ['ends pods after the time it is told', { IgnoreBudgetsAfter: '0' }, ['pods/web']],
    ['not before', { IgnoreBudgetsAfter: '3600' }, []],
  ])('%s', async (_, properties, deleted) => {
    const cluster = given({
      NodeClaim: [{ ...at('a', { deletionTimestamp: new Date(Date.now() - 5000).toISOString() }), status: { nodeName: 'node-a' } }], Pod: [{ ...at('web'), spec: { nodeName: 'node-a' } }],
    });
    await expect(run(cluster, properties)).rejects.toThrow(/^after 1 s there are nodes of Karpenter left/);
    expect([...new Set(cluster.deleted())]).toEqual(deleted);
  });

  test('that takes longer than one invocation goes on in the next', async () => {
    const cluster = given(everything());
    expect(await run(cluster, { Timeout: '600' }, 20_400)).toMatchObject({ handedOver: true });
    expect(aws.handedOn).toHaveLength(1);
  });
});
