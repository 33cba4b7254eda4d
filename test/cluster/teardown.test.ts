import { AwsStandIn } from './aws-stand-in';
import { Answer, chart, deployment, DeliveryRig, namespace, Resource } from './delivery-rig';
import { definition, StandIns } from './teardown-stand-ins';
import { until } from './until';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

let rig: DeliveryRig;
let aws: AwsStandIn;
let standIns: StandIns;
let count = 0;

beforeAll(async () => {
  rig = await DeliveryRig.start();
  aws = await AwsStandIn.start();
  for (const crd of [
    definition('karpenter.sh', 'v1', 'NodePool', 'nodepools', 'Cluster'),
    definition('karpenter.sh', 'v1', 'NodeClaim', 'nodeclaims', 'Cluster'),
    definition('gateway.networking.k8s.io', 'v1', 'Gateway', 'gateways'),
    definition('argoproj.io', 'v1alpha1', 'Application', 'applications'),
    definition('argoproj.io', 'v1alpha1', 'ApplicationSet', 'applicationsets'),
    definition('kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization', 'kustomizations'),
    definition('helm.toolkit.fluxcd.io', 'v2', 'HelmRelease', 'helmreleases'),
  ]) {
    crd.metadata.annotations = { 'api-approved.kubernetes.io': 'unapproved, a stand-in' };
    await rig.make('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd);
  }
  for (const path of ['/apis/karpenter.sh/v1/nodeclaims', '/apis/gateway.networking.k8s.io/v1/gateways', '/apis/argoproj.io/v1alpha1/applicationsets', '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations', '/apis/helm.toolkit.fluxcd.io/v2/helmreleases']) {
    await until(() => rig.get(path));
  }
});
afterAll(async () => {
  await aws?.stop();
  await rig?.stop();
});
beforeEach(() => {
  aws.reset();
  standIns = new StandIns(rig);
});
afterEach(async () => {
  Object.assign(standIns, { balances: true, endsNodes: true, removesVolumes: true });
  standIns.broughtBack.length = 0;
  aws.reset();
  await newDrain({ IgnoreBudgetsAfter: 0 }).then(drain => drain.delete(60));
  for (const { metadata: { name, namespace: ns } } of (await rig.get('/api/v1/persistentvolumeclaims')).items) {
    await rig.plane.request('DELETE', `${claims(ns)}/${name}`);
  }
  await rig.plane.request('DELETE', '/api/v1/persistentvolumes');
  await until(async () => (await rig.get('/api/v1/persistentvolumes')).items.length === 0);
  await standIns.stop();
});

async function newDrain(properties: Record<string, unknown> = {}): Promise<Resource> {
  const drain = rig.resource(RESOURCE_TYPES.DRAIN, `Drain${++count}`);
  expect(await drain.create({ Timeout: 30, ...properties })).toMatchObject({ Status: 'SUCCESS' });
  return drain;
}

async function newNamespace(): Promise<string> {
  const name = `drained-${++count}`;
  await rig.make('/api/v1/namespaces', namespace(name));
  return name;
}

const ingresses = (ns: string) => `/apis/networking.k8s.io/v1/namespaces/${ns}/ingresses`;
const services = (ns: string) => `/api/v1/namespaces/${ns}/services`;
const claims = (ns: string) => `/api/v1/namespaces/${ns}/persistentvolumeclaims`;
const applications = (ns: string) => `/apis/argoproj.io/v1alpha1/namespaces/${ns}/applications`;

function ingress(name: string, finalizers = ['ingress.k8s.aws/resources']): any {
  return {
    apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, finalizers },
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  };
}

function service(name: string, type = 'LoadBalancer', finalizers = ['service.k8s.aws/resources']): any {
  return {
    apiVersion: 'v1', kind: 'Service', metadata: { name, finalizers },
    spec: { type, ...type === 'LoadBalancer' ? { loadBalancerClass: 'service.k8s.aws/nlb' } : {}, ports: [{ port: 80 }] },
  };
}

/** A node of a pool of Karpenter's. */
async function karpenterNode(pool: string, name = `node-of-${pool}-${++count}`): Promise<string> {
  await rig.plane.addNode(name, { 'karpenter.sh/nodepool': pool });
  await rig.make('/apis/karpenter.sh/v1/nodeclaims', {
    apiVersion: 'karpenter.sh/v1', kind: 'NodeClaim',
    metadata: { name: `claim-${name}`, labels: { 'karpenter.sh/nodepool': pool }, finalizers: ['karpenter.sh/termination'] },
    status: { nodeName: name },
  });
  return name;
}

async function nodePool(name: string, group = 'karpenter.k8s.aws'): Promise<void> {
  await rig.make('/apis/karpenter.sh/v1/nodepools', { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name }, spec: { template: { spec: { nodeClassRef: { group } } } } });
}

/** A claim with the volume that a driver made for it. */
async function volumeClaim(ns: string, name: string, annotations: Record<string, string> = {}): Promise<string> {
  const volume = `pv-${++count}`;
  const common = { accessModes: ['ReadWriteOnce'], storageClassName: 'gp3' };
  await rig.make('/api/v1/persistentvolumes', {
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: volume },
    spec: {
      ...common, capacity: { storage: '1Gi' }, persistentVolumeReclaimPolicy: 'Delete', claimRef: { namespace: ns, name },
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: `vol-${volume}` },
    },
  });
  await rig.make(claims(ns), {
    apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, annotations },
    spec: { ...common, volumeName: volume, resources: { requests: { storage: '1Gi' } } },
  });
  await until(async () => (await rig.get(`${claims(ns)}/${name}`)).status.phase === 'Bound');
  return volume;
}

/** All that a drain could touch, with its versions. */
async function everything(): Promise<any> {
  const paths = [
    '/apis/networking.k8s.io/v1/ingresses', '/api/v1/services', '/apis/gateway.networking.k8s.io/v1/gateways', '/apis/karpenter.sh/v1/nodepools',
    '/apis/karpenter.sh/v1/nodeclaims', '/api/v1/persistentvolumes', '/api/v1/persistentvolumeclaims', '/apis/argoproj.io/v1alpha1/applications',
  ];
  const objects = (await Promise.all(paths.map(path => rig.get(path)))).flatMap(({ items }) => items);
  return objects.map(({ metadata, spec }) => [metadata.uid, metadata.deletionTimestamp, spec]);
}

/** A bit of everything that a drain removes. */
async function platform(): Promise<string> {
  const ns = await newNamespace();
  await rig.make(ingresses(ns), ingress('web'));
  await rig.make(services(ns), service('public'));
  await rig.make(services(ns), service('internal', 'ClusterIP', []));
  await rig.make(`/apis/gateway.networking.k8s.io/v1/namespaces/${ns}/gateways`, {
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'edge', finalizers: ['gateway.k8s.aws/alb'] }, spec: {},
  });
  await rig.make(applications(ns), {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'shop' }, spec: { syncPolicy: { automated: { selfHeal: true }, retry: { limit: 1 } } },
  });
  await nodePool(`pool-${ns}`);
  await karpenterNode(`pool-${ns}`);
  await volumeClaim(ns, 'data');
  return ns;
}

describe('a drain touches nothing', () => {
  let before: any;
  beforeEach(async () => {
    await platform();
    before = await everything();
  });

  async function expectUntouched(answer: Answer, status: string, reason?: RegExp): Promise<void> {
    expect(await everything()).toEqual(before);
    expect(answer.Status).toBe(status);
    expect(answer.Reason).toEqual(reason && expect.stringMatching(reason));
    expect(rig.logs.filter(line => /^(deleted|paused|retained) /.test(line))).toEqual([]);
  }

  test.each([
    'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'IMPORT_ROLLBACK_IN_PROGRESS', 'UPDATE_COMPLETE', 'CREATE_IN_PROGRESS', 'DELETE_FAILED',
  ])('and succeeds when it is removed, renamed or replaced while the stack is in %s', async status => {
    const drain = await newDrain();
    rig.logs.length = 0;
    aws.stackStatus = status;
    await expectUntouched(await drain.delete(), 'SUCCESS', new RegExp(`stack shop is in ${status}`));
    expect(aws.asked).toEqual(['arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/5a1d0f70']);
  });

  test('when it is created or changed, whatever the stack does, and keeps its id', async () => {
    rig.logs.length = 0;
    const drain = rig.resource(RESOURCE_TYPES.DRAIN, 'Drain');
    const created = await drain.create({});
    const updated = await drain.update({ Timeout: 60, Volumes: 'Delete', IgnoreBudgetsAfter: 1 });
    expect(updated.PhysicalResourceId).toBe(created.PhysicalResourceId);
    await expectUntouched(updated, 'SUCCESS');
  });

  test('and fails when the cluster is protected', async () => {
    const drain = await newDrain();
    rig.logs.length = 0;
    aws.deletionProtection = true;
    await expectUntouched(await drain.delete(), 'FAILED', /cluster "rehearsal" is protected from deletion, nothing was touched: deploy it with "deletionProtection" false/);
  });

  test('and succeeds when the cluster is retained', async () => {
    const drain = await newDrain({ DeletionPolicy: 'Retain' });
    rig.logs.length = 0;
    await expectUntouched(await drain.delete(), 'SUCCESS', /is retained/);
  });

  test('and succeeds when the cluster is retained but for a first creation that is rolled back', async () => {
    const drain = await newDrain({ DeletionPolicy: 'RetainExceptOnCreate' });
    rig.logs.length = 0;
    await expectUntouched(await drain.delete(), 'SUCCESS', /is retained/);
  });

  test('and fails when it cannot be told what the stack does', async () => {
    const drain = await newDrain();
    rig.logs.length = 0;
    aws.isDenied = true;
    await expectUntouched(await drain.delete(), 'FAILED', /whether the stack is being deleted cannot be told, nothing was touched: AccessDenied/);
  });

  test('and succeeds when the cluster is gone already', async () => {
    const drain = await newDrain();
    rig.logs.length = 0;
    aws.clusterExists = false;
    await expectUntouched(await drain.delete(), 'SUCCESS');
  });
});

describe('when the stack goes', () => {
  test.each(['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'])('(%s) load balancers and nodes go with their finalizers, volumes stay, Argo CD is paused', async status => {
    const ns = await platform();
    const drain = await newDrain();
    aws.stackStatus = status;
    const answer = await drain.delete();
    expect(answer).toMatchObject({ Status: 'SUCCESS', Reason: expect.stringMatching(new RegExp(`^kept volumes.*vol-pv-\\d+ \\(${ns}/data\\)`)) });
    expect(await rig.get(`${ingresses(ns)}/web`)).toBeUndefined();
    expect(await rig.get(`${services(ns)}/public`)).toBeUndefined();
    expect(await rig.get(`/apis/gateway.networking.k8s.io/v1/namespaces/${ns}/gateways/edge`)).toBeUndefined();
    expect((await rig.get('/apis/karpenter.sh/v1/nodepools')).items).toEqual([]);
    expect((await rig.get('/apis/karpenter.sh/v1/nodeclaims')).items).toEqual([]);
    expect(await rig.get(`${services(ns)}/internal`)).toBeDefined();
    expect((await rig.get(`${applications(ns)}/shop`)).spec).toEqual({ syncPolicy: { retry: { limit: 1 } } });
    const claim = await rig.get(`${claims(ns)}/data`);
    expect(claim.status.phase).toBe('Bound');
    expect((await rig.get(`/api/v1/persistentvolumes/${claim.spec.volumeName}`)).spec.persistentVolumeReclaimPolicy).toBe('Retain');
  });

  test('a second delete of what is done already succeeds', async () => {
    const drain = await newDrain();
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS' });
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('what a chart of the same stack deletes at the same time is no error for either', async () => {
    const ns = await newNamespace();
    const shop = rig.resource(RESOURCE_TYPES.CHART, `Shop${++count}`);
    const objects = [ingress('web', []), service('public', 'LoadBalancer', []), deployment('web', ns)].map(o => ({ ...o, metadata: { ...o.metadata, namespace: ns } }));
    expect(await shop.create(chart(objects))).toMatchObject({ Status: 'SUCCESS' });
    const drain = await newDrain();
    rig.answers.length = 0;
    await Promise.all([shop.delete(), drain.delete()]);
    expect(rig.answers.map(({ Status, Reason }) => [Status, Reason])).toEqual([['SUCCESS', undefined], ['SUCCESS', undefined]]);
    expect(await rig.get(`${ingresses(ns)}/web`)).toBeUndefined();
  });

  test('an application of applications, and a set of them, stay paused and bring nothing back', async () => {
    const ns = await newNamespace();
    const automated = { syncPolicy: { automated: { prune: true } } };
    await rig.make(applications(ns), { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'child' }, spec: automated });
    await rig.make(`/apis/argoproj.io/v1alpha1/namespaces/${ns}/applicationsets`, { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', metadata: { name: 'all' }, spec: {} });
    await rig.make(`/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${ns}/kustomizations`, {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'apps' }, spec: { path: './apps' },
    });
    await rig.make(ingresses(ns), ingress('web'));
    // Argo CD: as long as the application syncs by itself, its Ingress comes back.
    standIns.broughtBack.push({ path: ingresses(ns), object: ingress('web'), while: async () => !!(await rig.get(`${applications(ns)}/child`)).spec.syncPolicy?.automated });
    const drain = await newDrain();
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS' });
    expect(await rig.get(`${ingresses(ns)}/web`)).toBeUndefined();
    expect((await rig.get(`/apis/argoproj.io/v1alpha1/namespaces/${ns}/applicationsets/all`)).spec).toEqual({ syncPolicy: { applicationsSync: 'create-only' } });
    expect((await rig.get(`/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${ns}/kustomizations/apps`)).spec).toEqual({ path: './apps', suspend: true });
  });

  test('the pools of Auto Mode, and their nodes, are left to EKS', async () => {
    await nodePool('general-purpose', 'eks.amazonaws.com');
    await nodePool('own', 'eks.amazonaws.com');
    await nodePool('system');
    const node = await karpenterNode('general-purpose');
    const drain = await newDrain();
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS' });
    expect((await rig.get('/apis/karpenter.sh/v1/nodepools')).items.map((pool: any) => pool.metadata.name)).toEqual(['general-purpose']);
    expect((await rig.get(`/apis/karpenter.sh/v1/nodeclaims/claim-${node}`)).metadata.deletionTimestamp).toBeUndefined();
    await rig.plane.request('DELETE', '/apis/karpenter.sh/v1/nodepools/general-purpose');
  });

  test('who delivers nothing by itself, or goes, is not paused', async () => {
    const ns = await newNamespace();
    const flux = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces';
    const inactive = {
      [`${applications(ns)}/by-hand`]: { syncPolicy: { retry: { limit: 1 } } },
      [`${applications(ns)}/disabled`]: { syncPolicy: { automated: { enabled: false, prune: true } } },
      [`${applications(ns)}/bare`]: {},
      [`/apis/argoproj.io/v1alpha1/namespaces/${ns}/applicationsets/new-ones`]: { syncPolicy: { applicationsSync: 'create-only' } },
      [`${flux}/${ns}/kustomizations/suspended`]: { suspend: true },
      [`/apis/helm.toolkit.fluxcd.io/v2/namespaces/${ns}/helmreleases/suspended`]: { suspend: true },
    };
    for (const [path, spec] of Object.entries(inactive)) {
      const [, group, version, plural, name] = path.match(/^\/apis\/([^/]+)\/([^/]+)\/.*\/([^/]+)\/([^/]+)$/)!;
      const kind = { applications: 'Application', applicationsets: 'ApplicationSet', kustomizations: 'Kustomization', helmreleases: 'HelmRelease' }[plural];
      await rig.make(path.replace(/\/[^/]+$/, ''), { apiVersion: `${group}/${version}`, kind, metadata: { name }, spec });
    }
    await rig.make(`${flux}/${ns}/kustomizations`, {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'going', finalizers: ['finalizers.fluxcd.io/prune'] }, spec: { path: './apps' },
    });
    await rig.plane.request('DELETE', `${flux}/${ns}/kustomizations/going`);
    await rig.make(`/apis/helm.toolkit.fluxcd.io/v2/namespaces/${ns}/helmreleases`, {
      apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'shop' }, spec: { interval: '1m' },
    });
    const drain = await newDrain();
    rig.logs.length = 0;
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS' });
    expect((await rig.get(`/apis/helm.toolkit.fluxcd.io/v2/namespaces/${ns}/helmreleases/shop`)).spec).toEqual({ interval: '1m', suspend: true });
    expect(rig.logs.filter(line => line.startsWith('paused'))).toEqual([expect.stringMatching(`^paused HelmRelease ${ns}/shop \\d+ ms$`)]);
    for (const [path, spec] of Object.entries(inactive)) {
      expect((await rig.get(path)).spec).toEqual(spec);
    }
    await rig.plane.request('PATCH', `${flux}/${ns}/kustomizations/going`, { metadata: { finalizers: null } });
  });
});

describe('at the end of its time', () => {
  test('it names the load balancer, its finalizer and the controller that should have removed it', async () => {
    const ns = await newNamespace();
    standIns.balances = false;
    await rig.make(ingresses(ns), ingress('web'));
    const drain = await newDrain({ Timeout: 3 });
    const answer = await drain.delete();
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(new RegExp(`after 3 s there are load balancers left: Ingress ${ns}/web: finalizer "ingress.k8s.aws/resources" \\(the AWS Load Balancer Controller\\)`));
    standIns.balances = true;
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('it says that something makes a load balancer again and again', async () => {
    const ns = await newNamespace();
    await rig.make(services(ns), service('public'));
    standIns.broughtBack.push({ path: services(ns), object: service('public') });
    const drain = await newDrain({ Timeout: 5 });
    expect(await drain.delete()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`Service ${ns}/public: something makes it again`) });
  });

  test('it names the pods and the disruption budgets that hold a node, and Karpenter', async () => {
    const ns = await blockedNode();
    const drain = await newDrain({ Timeout: 4 });
    const { Status, Reason } = await drain.delete();
    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(new RegExp(`nodes of Karpenter left: PodDisruptionBudgets that allow no disruption now: ${ns}/web; `));
    expect(Reason).toMatch(new RegExp(`NodeClaim claim-${ns}, on it run ${ns}/web-.*: finalizer "karpenter.sh/termination" \\(Karpenter\\)`));
  });

  test('it names neither what does not hold a node, nor more pods than a person reads', async () => {
    const ns = await blockedNode();
    const other = await newNamespace();
    await rig.make(`/apis/policy/v1/namespaces/${other}/poddisruptionbudgets`, {
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'elsewhere' }, spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
    });
    await rig.make(`/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets`, {
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'lenient' }, spec: { minAvailable: 0, selector: { matchLabels: { app: 'agent' } } },
    });
    const pod = (name: string) => ({ metadata: { labels: { app: name } }, spec: { nodeName: ns, containers: [{ name: 'main', image: `${name}:1` }] } });
    await rig.make(`/apis/apps/v1/namespaces/${ns}/daemonsets`, {
      apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec: { selector: { matchLabels: { app: 'agent' } }, template: { ...pod('agent'), spec: { ...pod('agent').spec, nodeName: undefined } } },
    });
    const job = pod('migration');
    await rig.make(`/apis/batch/v1/namespaces/${ns}/jobs`, {
      apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migration' }, spec: { template: { ...job, spec: { ...job.spec, restartPolicy: 'Never' } } },
    });
    await until(async () => (await rig.get(`/apis/batch/v1/namespaces/${ns}/jobs/migration`)).status.succeeded === 1);
    await until(async () => (await rig.get(`/apis/apps/v1/namespaces/${ns}/daemonsets/agent`)).status.numberReady > 0);
    await until(async () => (await rig.get(`/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets/lenient`)).status?.disruptionsAllowed > 0);
    standIns.endsNodes = false;
    const drain = await newDrain({ Timeout: 2 });
    const lone = (await drain.delete()).Reason!;
    expect(lone).toMatch(new RegExp(`nodes of Karpenter left: PodDisruptionBudgets that allow no disruption now: ${ns}/web; `));
    expect(lone).toMatch(new RegExp(`NodeClaim claim-${ns}, on it run ${ns}/web-[a-z0-9-]+: finalizer`));

    await rig.plane.request('PATCH', `/apis/apps/v1/namespaces/${ns}/deployments/web/scale`, { spec: { replicas: 5 } });
    await rig.plane.request('PATCH', `/api/v1/nodes/${ns}`, { spec: { unschedulable: false } });
    await until(async () => (await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/web`)).status.readyReplicas === 5);
    expect((await drain.delete()).Reason).toMatch(new RegExp(`NodeClaim claim-${ns}, on it run (${ns}/web-[a-z0-9-]+, ){2}${ns}/web-[a-z0-9-]+ and 2 more: finalizer`));
  });

  /** A node whose only pod a budget holds. */
  async function blockedNode(): Promise<string> {
    const ns = await newNamespace();
    await nodePool('general');
    await karpenterNode('general', ns);
    const web = deployment('web', ns);
    web.spec.template.spec.nodeSelector = { 'kubernetes.io/hostname': ns };
    await rig.make(`/apis/apps/v1/namespaces/${ns}/deployments`, web);
    await rig.make(`/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets`, {
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
    });
    await until(async () => (await rig.get(`/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets/web`)).status?.currentHealthy === 1);
    return ns;
  }

  test('disruption budgets hold a node no longer than the teardown says', async () => {
    const ns = await blockedNode();
    const drain = await newDrain({ IgnoreBudgetsAfter: 2 });
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS' });
    expect(await rig.get(`/api/v1/nodes/${ns}`)).toBeUndefined();
    expect(await rig.get(`/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets/web`)).toBeDefined();
  });
});

describe('volumes', () => {
  test('are kept though their claims go, but those whose claim says otherwise', async () => {
    const ns = await newNamespace();
    const kept = await volumeClaim(ns, 'data');
    const dropped = await volumeClaim(ns, 'cache', { 'eks-slipway/on-delete': 'delete' });
    const drain = await newDrain();
    expect((await drain.delete()).Reason).toMatch(new RegExp(`vol-${kept} \\(${ns}/data\\)`));
    await rig.plane.request('DELETE', claims(ns));
    await until(async () => (await rig.get(`/api/v1/persistentvolumes/${dropped}`)) === undefined);
    expect((await rig.get(`/api/v1/persistentvolumes/${kept}`)).spec.persistentVolumeReclaimPolicy).toBe('Retain');
  });

  test('are deleted with their claims when the teardown says so, but those in use and those whose claim says otherwise', async () => {
    const ns = await newNamespace();
    const free = await volumeClaim(ns, 'free');
    const kept = await volumeClaim(ns, 'kept', { 'eks-slipway/on-delete': 'retain' });
    await volumeClaim(ns, 'used');
    await rig.make(`/api/v1/namespaces/${ns}/pods`, {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'db' },
      spec: {
        nodeName: 'node-0',
        containers: [{ name: 'main', image: 'db:1' }],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'used' } }],
      },
    });
    const drain = await newDrain({ Volumes: 'Delete' });
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS', Reason: `kept volumes, as the teardown's policy says: vol-${kept} (${ns}/kept)` });
    expect(await rig.get(`${claims(ns)}/free`)).toBeUndefined();
    expect(await rig.get(`/api/v1/persistentvolumes/${free}`)).toBeUndefined();
    expect((await rig.get(`${claims(ns)}/used`)).metadata.deletionTimestamp).toBeUndefined();
    await rig.plane.request('DELETE', `/api/v1/namespaces/${ns}/pods/db`);
  });

  test('of a driver nobody knows, and of no claim, are named as they are; what is kept anyway is not changed', async () => {
    const spec = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, persistentVolumeReclaimPolicy: 'Retain', hostPath: { path: '/data' } };
    await rig.make('/api/v1/persistentvolumes', { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'made-by-hand' }, spec });
    const drain = await newDrain();
    rig.logs.length = 0;
    expect(await drain.delete()).toMatchObject({ Status: 'SUCCESS', Reason: 'kept volumes, as the teardown\'s policy says: made-by-hand' });
    expect(rig.logs.filter(line => line.startsWith('retained'))).toEqual([]);
    expect(rig.logs).toContain('kept volume made-by-hand');
  });

  test('that a pod on a node claims for itself are in use; those of a pod that is on none are not', async () => {
    const ns = await newNamespace();
    await volumeClaim(ns, 'db-scratch');
    await volumeClaim(ns, 'done-scratch');
    const claimTemplate = { spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'gp3', resources: { requests: { storage: '1Gi' } } } };
    const pod = (name: string, more: object = {}) => ({
      apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: {
        ...more, containers: [{ name: 'main', image: 'db:1' }], volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: claimTemplate } }, { name: 'empty', emptyDir: {} }],
      },
    });
    await rig.make(`/api/v1/namespaces/${ns}/pods`, pod('db', { nodeName: 'node-0' }));
    await rig.make(`/api/v1/namespaces/${ns}/pods`, pod('done', { nodeSelector: { no: 'node' } }));
    const drain = await newDrain({ Volumes: 'Delete', Timeout: 2 });
    // Nothing has put that pod on a node, but the API server holds its claim for it.
    expect(await drain.delete()).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(`^after 2 s there are volumes left: PersistentVolumeClaim ${ns}/done-scratch: .*pvc-protection`) });
    expect((await rig.get(`${claims(ns)}/db-scratch`)).metadata.deletionTimestamp).toBeUndefined();
    await rig.plane.request('DELETE', `/api/v1/namespaces/${ns}/pods`);
    await until(async () => (await rig.get(`/api/v1/namespaces/${ns}/pods`)).items.length === 0);
  });
});

describe('a wait that outlasts one invocation', () => {
  test('goes on in the next, which answers', async () => {
    const ns = await newNamespace();
    standIns.balances = false;
    await rig.make(ingresses(ns), ingress('web'));
    const drain = await newDrain({ Timeout: 600 });
    rig.answers.length = 0;
    await drain.delete(33); // seconds: ten for the answer, twenty for handing over
    expect(rig.answers).toEqual([]);
    expect(aws.handedOn).toHaveLength(1);
    standIns.balances = true;
    const [event] = aws.handedOn;
    expect(event).toMatchObject({ RequestType: 'Delete', ResponseURL: `${rig.url}/response`, HandedOver: { Since: expect.any(Number) } });
    expect(await rig.send(event, 60)).toMatchObject({ Status: 'SUCCESS' });
    expect(rig.answers).toHaveLength(1);
    expect(await rig.get(`${ingresses(ns)}/web`)).toBeUndefined();
  });

  test('ends when its time is over, counted from the first', async () => {
    const ns = await newNamespace();
    standIns.balances = false;
    await rig.make(ingresses(ns), ingress('web'));
    const drain = await newDrain({ Timeout: 600 });
    await drain.delete(31);
    const [event] = aws.handedOn;
    expect(await rig.send({ ...event, HandedOver: { Since: Date.now() - 599_000 } }, 60)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^after 600 s there are load balancers left/) });
  });
});
