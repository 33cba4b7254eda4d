import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { Duration, Size } from 'aws-cdk-lib';
import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import { Strict } from './addons-strict';
import { withControlPlane } from './with-control-plane';
import * as charts from '../../src/charts';
import { EVERY_CHART, exampleObjects } from '../charts/every-chart';
import { FULL_POOL } from '../charts/karpenter-full';
import { render } from '../charts/render';
import { describeWithReference } from '../reference';

const plane = withControlPlane({ nodes: 3 });

const IMAGE = 'public.ecr.aws/nginx/nginx-unprivileged:1.29';
const CLUSTER_WIDE = ['EC2NodeClass', 'IngressClass', 'Namespace', 'NodePool', 'PersistentVolume', 'StorageClass'];

let strict: Strict;
beforeAll(() => { strict = new Strict(plane()); });

/** Dry, unless they are kept. */
async function expectAccepted(objects: any[], options?: { keep: boolean }) {
  for (const object of objects) {
    const { kind, metadata: { namespace } } = object;
    expect({ kind, namespaced: namespace !== undefined, refusal: await strict.refusal(object, options) })
      .toEqual({ kind, namespaced: !CLUSTER_WIDE.includes(kind), refusal: undefined });
  }
}

// IngressClassParams is the load balancer controller's; all else that these make is of Kubernetes' own kinds.
test.each([
  'AlbIngress', 'AutoModeIngressClass', 'EfsStorageClass', 'Gp3StorageClass', 'Io2StorageClass', 'NlbService', 'S3Volume', 'WebService',
])('the API server accepts %s, with what it needs and with all that it can have', async name => {
  for (const example of EVERY_CHART[name]) {
    await expectAccepted(exampleObjects(name, example).filter(({ kind }) => kind !== 'IngressClassParams'));
  }
});

test('the API server accepts a web service without probes, scaling, drain or writable folders', () => expectAccepted(exampleObjects('WebService', {
  image: IMAGE,
  minReplicas: 1,
  maxReplicas: 1,
  drainPeriod: Duration.seconds(0),
  readinessProbe: charts.Probe.none(),
  livenessProbe: charts.Probe.none(),
  writablePaths: [],
})));

test('a tenant takes a web service in: pods pass Pod Security "restricted" and the quota, and become ready', async () => {
  const objects = render(chart => {
    const { namespaceName: namespace } = new charts.Tenant(chart, 'Tenant', {
      ...EVERY_CHART.Tenant[1] as charts.TenantProps,
      podSecurity: undefined,
      quota: undefined,
      containerDefaults: { cpuLimit: '1' },
    });
    new charts.WebService(chart, 'Web', { name: 'orders', namespace, image: IMAGE });
  });
  await expectAccepted(objects, { keep: true });

  const privileged = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'root', namespace: 'shop' }, spec: { containers: [{ name: 'a', image: IMAGE }] } };
  expect(await strict.refusal(privileged)).toMatch(/^403 .*violates PodSecurity "restricted:latest"/);

  if (!plane().has('kube-controller-manager') || !plane().has('kube-scheduler') || !plane().has('kwok')) {
    return;
  }
  let deployment: any;
  for (let i = 0; i < 60 && !deployment?.status?.readyReplicas; i++) {
    await sleep(500);
    deployment = (await plane().request('GET', '/apis/apps/v1/namespaces/shop/deployments/orders')).body;
  }
  // It begins with one pod; the autoscaler lifts it to its floor when it first looks.
  expect(deployment.status.readyReplicas).toBeGreaterThanOrEqual(1);
});

describeWithReference('Karpenter', dir => {
  const CLASS = EVERY_CHART.Ec2NodeClass[0] as charts.Ec2NodeClassProps;
  const ALIAS = [{ alias: 'al2023@v20260801' }];
  const REF = { name: 'default' };

  beforeAll(async () => {
    const folder = join(dir, 'crds', 'karpenter-v1.14.1');
    await strict.define(readdirSync(folder).map(file => parse(readFileSync(join(folder, file), 'utf8'))));
  });

  test('accepts a class and a pool with what they need', () => expectAccepted(render(chart => {
    const { ref } = new charts.Ec2NodeClass(chart, 'Class', CLASS);
    new charts.NodePool(chart, 'Pool', { nodeClassRef: ref });
  }, { namespace: 'default' })));

  test.each(['al2023@v20260801', 'bottlerocket@v1.40.0', 'windows2022@latest'])('accepts a class of %s', alias => expectAccepted(exampleObjects('Ec2NodeClass', {
    ...CLASS, amiSelectorTerms: [{ alias }], rootVolumeSize: Size.gibibytes(200), volumeKmsKeyId: 'key',
  })));

  test.each(['Ec2NodeClass', 'NodePool'])('accepts %s, with what it needs and with all that it can have', async name => {
    for (const example of EVERY_CHART[name]) {
      await expectAccepted(exampleObjects(name, example));
    }
  });

  test('accepts a pool with requirements and budgets of all kinds, and one of a fixed size', () => expectAccepted(render(chart => {
    new charts.NodePool(chart, 'Pool', {
      ...FULL_POOL,
      requirements: [
        charts.NodeRequirement.capacityTypes(charts.CapacityType.SPOT, charts.CapacityType.ON_DEMAND, charts.CapacityType.RESERVED),
        charts.NodeRequirement.architectures(charts.NodeArchitecture.ARM64, charts.NodeArchitecture.AMD64),
        charts.NodeRequirement.operatingSystems(charts.NodeOperatingSystem.LINUX),
        charts.NodeRequirement.zones('eu-west-1a', 'eu-west-1b'),
        charts.NodeRequirement.instanceCategories('c', 'm', 'r').withMinValues(2),
        charts.NodeRequirement.instanceGenerationGreaterThan(5),
        charts.NodeRequirement.of('karpenter.k8s.aws/instance-cpu', charts.RequirementOperator.LESS_THAN_OR_EQUAL, ['32']),
        charts.NodeRequirement.of('karpenter.k8s.aws/instance-size', charts.RequirementOperator.NOT_IN, ['nano']),
        charts.NodeRequirement.of('karpenter.k8s.aws/instance-local-nvme', charts.RequirementOperator.EXISTS),
        charts.NodeRequirement.of('example.com/rack', charts.RequirementOperator.DOES_NOT_EXIST),
      ],
      disruptionBudgets: [
        { nodes: '10%' },
        { nodes: '0', schedule: '0 9 * * mon-fri', duration: Duration.minutes(510), reasons: [charts.DisruptionReason.DRIFTED, charts.DisruptionReason.EMPTY] },
        { nodes: '1', schedule: '@daily', duration: Duration.hours(8) },
      ],
    });
    new charts.NodePool(chart, 'Fixed', { nodeClassRef: REF, replicas: 3, limits: { nodes: '5' } });
  }, { namespace: 'default' })));

  /** The object of a construct with good props, changed into what bad props would make of it. */
  async function refusalOfRaw(build: (chart: Chart) => void, change: (spec: any) => void): Promise<string | undefined> {
    const [object] = render(build);
    change(object.spec);
    return strict.refusal(object);
  }

  const requirement = (key: string, operator: string, values: string[], minValues?: number) =>
    (spec: any) => { spec.template.spec.requirements = [{ key, operator, values, minValues }]; };
  const operators = charts.RequirementOperator;

  const REFUSED_POOLS: [string, () => Partial<charts.NodePoolProps>, (spec: any) => void][] = [
    ['an empty node class name', () => ({ nodeClassRef: { name: '' } }), spec => { spec.template.spec.nodeClassRef.name = ''; }],
    ['an API version in the group', () => ({ nodeClassRef: { name: 'a', group: 'a/v1' } }), spec => { spec.template.spec.nodeClassRef.group = 'a/v1'; }],
    ["a label of Karpenter's own", () => ({ labels: { 'karpenter.sh/nodepool': 'x' } }), spec => { spec.template.metadata = { labels: { 'karpenter.sh/nodepool': 'x' } }; }],
    ['an unknown label of the provider', () => ({ labels: { 'karpenter.k8s.aws/x': 'y' } }), spec => { spec.template.metadata = { labels: { 'karpenter.k8s.aws/x': 'y' } }; }],
    ['the host name', () => ({ labels: { 'kubernetes.io/hostname': 'x' } }), spec => { spec.template.metadata = { labels: { 'kubernetes.io/hostname': 'x' } }; }],
    ['a taint key that is none', () => ({ taints: [{ key: 'a b', effect: charts.NodeTaintEffect.NO_EXECUTE }] }), spec => { spec.template.spec.taints = [{ key: 'a b', effect: 'NoExecute' }]; }],
    ['a limit that is none', () => ({ limits: { cpu: '1 core' } }), spec => { spec.limits = { cpu: '1 core' }; }],
    ['a weight of 101', () => ({ weight: 101 }), spec => { spec.weight = 101; }],
    ['a weight with a fixed size', () => ({ weight: 1, replicas: 1 }), spec => { spec.weight = 1; spec.replicas = 1; }],
    ['a CPU limit with a fixed size', () => ({ limits: { cpu: '1' }, replicas: 1 }), spec => { spec.limits = { cpu: '1' }; spec.replicas = 1; }],
    ['a budget of 200%', () => ({ disruptionBudgets: [{ nodes: '200%' }] }), spec => { spec.disruption = { consolidateAfter: '0s', budgets: [{ nodes: '200%' }] }; }],
    ['a schedule without a duration', () => ({ disruptionBudgets: [{ nodes: '1', schedule: '@daily' }] }),
      spec => { spec.disruption = { consolidateAfter: '0s', budgets: [{ nodes: '1', schedule: '@daily' }] }; }],
    ['a schedule that is none', () => ({ disruptionBudgets: [{ nodes: '1', schedule: 'daily', duration: Duration.hours(1) }] }),
      spec => { spec.disruption = { consolidateAfter: '0s', budgets: [{ nodes: '1', schedule: 'daily', duration: '1h' }] }; }],
    ['a budget for seconds', () => ({ disruptionBudgets: [{ nodes: '1', schedule: '@daily', duration: Duration.seconds(90) }] }),
      spec => { spec.disruption = { consolidateAfter: '0s', budgets: [{ nodes: '1', schedule: '@daily', duration: '90s' }] }; }],
    ['a requirement without values', () => ({ requirements: [charts.NodeRequirement.zones()] }), requirement('topology.kubernetes.io/zone', 'In', [])],
    ['a comparison with two numbers', () => ({ requirements: [charts.NodeRequirement.of('a', operators.GREATER_THAN, ['1', '2'])] }), requirement('a', 'Gt', ['1', '2'])],
    ['a comparison with a negative number', () => ({ requirements: [charts.NodeRequirement.of('a', operators.LESS_THAN, ['-1'])] }), requirement('a', 'Lt', ['-1'])],
    ['more values wanted than there are', () => ({ requirements: [charts.NodeRequirement.zones('a').withMinValues(2)] }), requirement('topology.kubernetes.io/zone', 'In', ['a'], 2)],
    ["a requirement of Karpenter's own", () => ({ requirements: [charts.NodeRequirement.of('karpenter.sh/nodepool', operators.IN, ['a'])] }), requirement('karpenter.sh/nodepool', 'In', ['a'])],
  ];

  test.each(REFUSED_POOLS)('a pool with %s is refused at synth, as the API server would', async (_, props, change) => {
    expect(() => render(chart => new charts.NodePool(chart, 'Pool', { nodeClassRef: REF, ...props() }))).toThrow();
    expect(await refusalOfRaw(chart => new charts.NodePool(chart, 'Pool', { nodeClassRef: REF }), change)).toMatch(/^422 /);
  });

  const REFUSED_CLASSES: [string, Partial<charts.Ec2NodeClassProps>, (spec: any) => void][] = [
    ['no images', { amiSelectorTerms: [] }, spec => { spec.amiSelectorTerms = []; }],
    ['an owner alone', { amiSelectorTerms: [{ owner: 'self' }], amiFamily: charts.AmiFamily.AL2023 }, spec => { spec.amiSelectorTerms = [{ owner: 'self' }]; spec.amiFamily = 'AL2023'; }],
    ['an alias and a name', { amiSelectorTerms: [{ alias: 'al2023@v1', name: 'x' }] }, spec => { spec.amiSelectorTerms = [{ alias: 'al2023@v1', name: 'x' }]; }],
    ['two aliases', { amiSelectorTerms: [...ALIAS, ...ALIAS] }, spec => { spec.amiSelectorTerms = [...ALIAS, ...ALIAS]; }],
    ['an unknown alias', { amiSelectorTerms: [{ alias: 'ubuntu@latest' }] }, spec => { spec.amiSelectorTerms = [{ alias: 'ubuntu@latest' }]; }],
    ['a pinned alias of Windows', { amiSelectorTerms: [{ alias: 'windows2022@v1' }] }, spec => { spec.amiSelectorTerms = [{ alias: 'windows2022@v1' }]; }],
    ['another family than the alias', { amiFamily: charts.AmiFamily.BOTTLEROCKET }, spec => { spec.amiFamily = 'Bottlerocket'; }],
    ['no family', { amiSelectorTerms: [{ id: 'ami-1' }] }, spec => { spec.amiSelectorTerms = [{ id: 'ami-1' }]; }],
    ['no subnets', { subnetSelectorTerms: [] }, spec => { spec.subnetSelectorTerms = []; }],
    ['a subnet by id and tags', { subnetSelectorTerms: [{ id: 'subnet-1', tags: { a: 'b' } }] }, spec => { spec.subnetSelectorTerms = [{ id: 'subnet-1', tags: { a: 'b' } }]; }],
    ['a security group without anything', { securityGroupSelectorTerms: [{}] }, spec => { spec.securityGroupSelectorTerms = [{}]; }],
    ['an empty tag value', { securityGroupSelectorTerms: [{ tags: { a: '' } }] }, spec => { spec.securityGroupSelectorTerms = [{ tags: { a: '' } }]; }],
    ['role and instance profile', { instanceProfile: 'x' }, spec => { spec.instanceProfile = 'x'; }],
    ['neither role nor instance profile', { role: undefined }, spec => { delete spec.role; }],
    ['two roots', { blockDeviceMappings: ['/dev/a', '/dev/b'].map(deviceName => ({ deviceName, rootVolume: true, volumeSize: Size.gibibytes(1) })) },
      spec => { spec.blockDeviceMappings = [{ rootVolume: true, ebs: { volumeSize: '1Gi' } }, { rootVolume: true, ebs: { volumeSize: '1Gi' } }]; }],
    ['a volume without a size', { blockDeviceMappings: [{ deviceName: '/dev/a' }] }, spec => { spec.blockDeviceMappings = [{ deviceName: '/dev/a', ebs: {} }]; }],
    ['a volume of 59001 GiB', { rootVolumeSize: Size.gibibytes(59001) }, spec => { spec.blockDeviceMappings[0].ebs.volumeSize = '59001Gi'; }],
    ['a rate without a snapshot', { blockDeviceMappings: [{ deviceName: '/dev/a', volumeSize: Size.gibibytes(1), volumeInitializationRate: 100 }] },
      spec => { spec.blockDeviceMappings[0].ebs.volumeInitializationRate = 100; }],
    ['a hop limit of 65', { metadataOptions: { httpPutResponseHopLimit: 65 } }, spec => { spec.metadataOptions.httpPutResponseHopLimit = 65; }],
    ["a tag of Karpenter's own", { tags: { 'karpenter.sh/nodeclaim': 'x' } }, spec => { spec.tags = { 'karpenter.sh/nodeclaim': 'x' }; }],
    ['an unknown eviction signal', { kubelet: { evictionHard: { memory: '5%' } } }, spec => { spec.kubelet = { evictionHard: { memory: '5%' } }; }],
    ['a soft eviction without a time', { kubelet: { evictionSoft: { 'pid.available': '5%' } } },
      spec => { spec.kubelet = { evictionSoft: { 'pid.available': '5%' }, evictionSoftGracePeriod: {} }; }],
    ['a negative reserve', { kubelet: { kubeReserved: { cpu: '-1' } } }, spec => { spec.kubelet = { kubeReserved: { cpu: '-1' } }; }],
    ['image thresholds the wrong way round', { kubelet: { imageGcHighThresholdPercent: 70, imageGcLowThresholdPercent: 80 } },
      spec => { spec.kubelet = { imageGCHighThresholdPercent: 70, imageGCLowThresholdPercent: 80 }; }],
  ];

  test.each(REFUSED_CLASSES)('a class with %s is refused at synth, as the API server would', async (_, props, change) => {
    expect(() => render(chart => new charts.Ec2NodeClass(chart, 'Class', { ...CLASS, ...props }))).toThrow();
    expect(await refusalOfRaw(chart => new charts.Ec2NodeClass(chart, 'Class', CLASS), change)).toMatch(/^422 /);
  });

  test('a wrong term among right ones is refused at synth, though the API server lets it pass', async () => {
    const terms = [{ id: 'subnet-1' }, { id: 'subnet-2', tags: { a: 'b' } }];
    expect(() => render(chart => new charts.Ec2NodeClass(chart, 'Class', { ...CLASS, subnetSelectorTerms: terms }))).toThrow();
    expect(await refusalOfRaw(chart => new charts.Ec2NodeClass(chart, 'Class', CLASS), spec => { spec.subnetSelectorTerms = terms; })).toBeUndefined();
  });
});
