import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { parseAllDocuments } from 'yaml';
import { Account, Cloud } from './cloud';
import { builtController, Controller, karpenterVersion } from './controller';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { helmPath } from '../../rig/control-plane/helm';
import { Karpenter } from '../../src/addons/karpenter';
import { AmiFamily, CapacityType, KarpenterDuration, NodeRequirement, NodeTaintEffect } from '../../src/charts';
import { releaseValues, withHelm } from '../addons/fixtures';
import { AwsStandIn } from '../cluster/aws-stand-in';
import { deployment, DeliveryRig, namespace, Resource } from '../cluster/delivery-rig';

const CLUSTER = 'rehearsal';
const NODE_ROLE = 'nodes';
const QUEUE = 'interruptions';
const NODE_CLAIMS = '/apis/karpenter.sh/v1/nodeclaims';

let folder: string;
let cloud: Cloud;
let rig: DeliveryRig;
let aws: AwsStandIn;
let template: Template;
let environment: Record<string, string>;
let controller: Controller;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'karpenter-'));
  cloud = await Cloud.start({ cluster: CLUSTER, version: '1.36', nodeRole: NODE_ROLE, queue: QUEUE });
  rig = await DeliveryRig.start({ nodes: 0 });
  aws = await AwsStandIn.start();
  template = platform(cloud.account);
  await rig.plane.kubectl('apply', '--server-side', '-f', await rendered('karpenter-crd'));

  const [controllerPod] = parseAllDocuments(readFileSync(await rendered('karpenter', releaseValues(template, 'karpenter')), 'utf8'))
    .map(document => document.toJSON()).filter(object => object?.kind === 'Deployment').map(({ spec }) => spec.template.spec.containers[0]);
  environment = {
    // what the chart makes of the values of our release
    ...Object.fromEntries(controllerPod.env.filter(({ value }: any) => value !== undefined).map(({ name, value }: any) => [name, value])),
    ...cloud.environment,
    INTERRUPTION_QUEUE: QUEUE,
    SYSTEM_NAMESPACE: 'kube-system',
    KUBECONFIG: rig.plane.kubeconfigPath,
    DISABLE_LEADER_ELECTION: 'true',
    METRICS_PORT: '0',
    HEALTH_PROBE_PORT: '0',
  };
  controller = new Controller(environment);
}, 300_000);

afterEach(() => {
  if (controller?.exit !== undefined) {
    throw new Error(`Karpenter ended with ${controller.exit}:\n${controller.log.slice(-3000)}`);
  }
});
afterAll(async () => {
  if (process.env.SHOW_LOG) {
    writeFileSync(process.env.SHOW_LOG, controller?.log ?? '');
  }
  await controller?.stop();
  await aws?.stop();
  await rig?.stop();
  await cloud?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A platform as a user writes it, on the account's network; images by id, since moto does not know the parameters that aliases stand for. */
function platform({ subnetIds, securityGroupId, imageId }: Account): Template {
  const stack = new Stack(new App(), 'Platform');
  const cluster = withHelm(eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: CLUSTER,
    clusterSecurityGroupId: securityGroupId,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc', availabilityZones: subnetIds.map((_, i) => `zone-${i}`), privateSubnetIds: subnetIds }),
  }));
  const karpenter = new Karpenter(stack, 'Karpenter', {
    cluster,
    nodeRole: iam.Role.fromRoleName(stack, 'NodeRole', NODE_ROLE),
    nodeAccessEntry: false,
    dryRun: false, // moto does not know dry runs
  });
  const nodeClass = { amiFamily: AmiFamily.AL2023, amiSelectorTerms: [{ id: imageId }] };
  karpenter.addNodePool('General', {
    nodeClass,
    capacityTypes: [CapacityType.ON_DEMAND, CapacityType.SPOT],
    requirements: [NodeRequirement.instanceCategories('c', 'm', 'r'), NodeRequirement.instanceGenerationGreaterThan(4)],
    labels: { team: 'shop' },
    limits: { cpu: '64' },
    consolidateAfter: KarpenterDuration.of(Duration.minutes(5)),
  });
  const shared = karpenter.addNodeClass('Shared', nodeClass);
  karpenter.addNodePool('Tainted', {
    nodeClassRef: shared,
    taints: [{ key: 'dedicated', value: 'batch', effect: NodeTaintEffect.NO_SCHEDULE }],
    limits: { cpu: '64' },
  });
  karpenter.addNodePool('Fixed', { nodeClassRef: shared, replicas: 2, limits: { nodes: '5' } });
  return Template.fromStack(stack);
}

/** File of a chart of this Karpenter, rendered. */
async function rendered(chart: string, values: object = {}): Promise<string> {
  const valuesFile = join(folder, `${chart}-values.json`);
  writeFileSync(valuesFile, JSON.stringify(values));
  const file = join(folder, `${chart}.yaml`);
  writeFileSync(file, execFileSync(await helmPath(), ['template', chart, join(builtController(), 'charts', chart), '-n', 'kube-system', '-f', valuesFile]));
  return file;
}

/** An attached chart of the platform, as the delivery function gets it. */
async function deliver(id: string): Promise<Resource> {
  const [[, { Properties }]] = Object.entries(template.findResources('Custom::EKSSlipway-Chart')).filter(([logicalId]) => logicalId.startsWith(`Karpenter${id}`));
  const resource = rig.resource(RESOURCE_TYPES.CHART, `${id}${++count}`);
  const { ServiceToken, ClusterName, ...properties } = Properties;
  expect(await resource.create(properties)).toMatchObject({ Status: 'SUCCESS' });
  return resource;
}

async function run(name: string, replicas: number, pod: Record<string, unknown> = {}): Promise<void> {
  const work = deployment(name, 'work', { replicas });
  Object.assign(work.spec.template.spec, pod);
  work.spec.template.spec.containers[0].resources = { requests: { cpu: '1', memory: '1Gi' } };
  await rig.make('/apis/apps/v1/namespaces/work/deployments', work);
}

async function items(path: string, pool?: string): Promise<any[]> {
  return (await rig.get(`${path}${pool ? `?labelSelector=karpenter.sh/nodepool=${pool}` : ''}`)).items;
}

async function until<T>(what: string, condition: () => Promise<T>, seconds = 300): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const result = await condition();
    if (result) {
      return result;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(`${what}: not after ${seconds} s; Karpenter says:\n${controller.log.split('\n').slice(-30).join('\n')}`);
}

const isRunning = (app: string, replicas: number) => async () =>
  (await items('/api/v1/namespaces/work/pods')).filter(({ metadata, status, spec }) => metadata.labels.app === app && status.phase === 'Running' && spec.nodeName).length === replicas;
const condition = (object: any, type: string) => object?.status?.conditions?.find((c: any) => c.type === type)?.status;

describe(`Karpenter ${karpenterVersion()}`, () => {
  let general: Resource;

  test('starts with the values of our release', async () => {
    await until('the controllers start', async () => controller.log.includes('Starting workers'));
    expect(environment).toMatchObject({ CLUSTER_NAME: CLUSTER, EKS_CONTROL_PLANE: 'true', DISABLE_DRY_RUN: 'true', FEATURE_GATES: expect.stringContaining('StaticCapacity=true') });
  });

  test('takes pool and class as we render them', async () => {
    await rig.make('/api/v1/namespaces', namespace('work'));
    general = await deliver('General');
    await until('class and pool are ready', async () => condition(await rig.get('/apis/karpenter.k8s.aws/v1/ec2nodeclasses/general'), 'Ready') === 'True'
      && condition(await rig.get('/apis/karpenter.sh/v1/nodepools/general'), 'Ready') === 'True');
    const { status } = await rig.get('/apis/karpenter.k8s.aws/v1/ec2nodeclasses/general');
    expect(status.subnets.map(({ id }: any) => id).sort()).toEqual([...cloud.account.subnetIds].sort());
    expect(status.securityGroups.map(({ id }: any) => id)).toEqual([cloud.account.securityGroupId]);
    expect(status.amis.map(({ id }: any) => id)).toEqual([cloud.account.imageId]);
  });

  test('makes an instance profile for our role, on the path of the cluster', async () => {
    const profiles = Object.entries(await cloud.instanceProfiles());
    expect(profiles).toEqual([[expect.stringMatching(new RegExp(`^/karpenter/eu-central-1/${CLUSTER}/`)), [NODE_ROLE]]]);
  });

  test('gives pending pods nodes of the pool', async () => {
    await run('web', 3);
    await until('the pods run', isRunning('web', 3));
    const nodes = await items('/api/v1/nodes', 'general');
    expect(nodes.length).toBeGreaterThanOrEqual(1);
    for (const { metadata: { labels } } of nodes) {
      expect(labels).toMatchObject({ 'team': 'shop', 'kubernetes.io/arch': 'amd64', 'karpenter.k8s.aws/ec2nodeclass': 'general' });
      expect(['c', 'm', 'r']).toContain(labels['karpenter.k8s.aws/instance-category']);
      expect(Number(labels['karpenter.k8s.aws/instance-generation'])).toBeGreaterThan(4);
    }
  });

  test('keeps a fixed number of nodes for a pool with replicas, whose gate we switched on', async () => {
    await deliver('Shared');
    await deliver('Fixed');
    await until('two nodes', async () => (await items('/api/v1/nodes', 'fixed')).filter(node => condition(node, 'Ready') === 'True').length === 2);
    expect(await items(NODE_CLAIMS, 'fixed')).toHaveLength(2);
  });

  test('launches nodes with taints for those who tolerate them', async () => {
    await deliver('Tainted');
    await run('batch', 2, {
      tolerations: [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }],
      nodeSelector: { 'karpenter.sh/nodepool': 'tainted' },
    });
    await until('the pods run', isRunning('batch', 2));
    for (const node of await items('/api/v1/nodes', 'tainted')) {
      expect(node.spec.taints).toContainEqual(expect.objectContaining({ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }));
    }
  });

  test('replaces a node whose interruption the queue tells of', async () => {
    const [node] = (await items('/api/v1/nodes', 'general'));
    const instance = node.spec.providerID.split('/').at(-1);
    await cloud.interrupt({
      'version': '0', 'id': 'event', 'source': 'aws.ec2', 'detail-type': 'EC2 Spot Instance Interruption Warning', 'account': '123456789012', 'region': 'eu-central-1',
      'time': new Date().toISOString(), 'resources': [], 'detail': { 'instance-id': instance, 'instance-action': 'terminate' },
    });
    await until('the node is gone', async () => !await rig.get(`/api/v1/nodes/${node.metadata.name}`));
    await until('the pods run elsewhere', isRunning('web', 3));
  });

  test('a pool is gone from our delivery only when its last node is', async () => {
    expect(await general.delete(180)).toEqual(expect.objectContaining({ Status: 'SUCCESS' })); // a failure shows its reason
    expect(await items(NODE_CLAIMS, 'general')).toEqual([]);
    expect(await items('/api/v1/nodes', 'general')).toEqual([]);
    expect([await rig.get('/apis/karpenter.sh/v1/nodepools/general'), await rig.get('/apis/karpenter.k8s.aws/v1/ec2nodeclasses/general')]).toEqual([undefined, undefined]);
  });

  test('our drain takes away all nodes that are left', async () => {
    const before = (await items(NODE_CLAIMS)).length;
    expect(before).toBeGreaterThanOrEqual(3);
    const drain = rig.resource(RESOURCE_TYPES.DRAIN, 'Drain');
    expect(await drain.create({ Timeout: 240 })).toMatchObject({ Status: 'SUCCESS' });
    expect(await drain.delete(240)).toMatchObject({ Status: 'SUCCESS' });
    expect([await items(NODE_CLAIMS), await items('/api/v1/nodes'), await items('/apis/karpenter.sh/v1/nodepools')]).toEqual([[], [], []]);
  });

  test('without the controller the delete of a pool fails, and says what holds it', async () => {
    general = await deliver('General');
    await until('the pods run again', isRunning('web', 3));
    await controller.stop();
    const answer = await general.delete(20);
    controller = new Controller(environment);
    expect(answer.Status).toBe('FAILED');
    // whichever it was waiting for: the pool for its NodeClaims, or the class for Karpenter
    expect(answer.Reason).toMatch(/^(NodePool general is not gone in time: finalizer "foregroundDeletion"|EC2NodeClass general is not gone in time: .*\(Karpenter\))/);
    expect(await general.delete(240)).toMatchObject({ Status: 'SUCCESS' });
    expect(await items(NODE_CLAIMS)).toEqual([]);
  });
});
