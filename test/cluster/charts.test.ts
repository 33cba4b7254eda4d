import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { Duration, Size } from 'aws-cdk-lib';
import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import { withControlPlane } from './with-control-plane';
import * as charts from '../../src/charts';
import { render } from '../charts/render';
import { describeWithReference } from '../reference';

const plane = withControlPlane({ nodes: 3 });

const IMAGE = 'public.ecr.aws/nginx/nginx-unprivileged:1.29';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
const PLURALS: Record<string, string> = {
  EC2NodeClass: 'ec2nodeclasses', Ingress: 'ingresses', IngressClass: 'ingressclasses', NetworkPolicy: 'networkpolicies', StorageClass: 'storageclasses',
};

function collection(object: any): string {
  const api = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
  const namespace = object.metadata.namespace ? `/namespaces/${object.metadata.namespace}` : '';
  return `${api}${namespace}/${PLURALS[object.kind] ?? `${object.kind.toLowerCase()}s`}`;
}

/** Creates the object as strictly as the API server can. */
async function create(object: any, query: Record<string, string> = { dryRun: 'All' }) {
  return plane().request('POST', `${collection(object)}?${new URLSearchParams({ fieldValidation: 'Strict', ...query })}`, object);
}

async function expectAccepted(build: (chart: Chart) => void, kinds?: string[]) {
  for (const object of render(build, { namespace: 'default' }).filter(({ kind }) => kinds?.includes(kind) ?? true)) {
    const { status, body } = await create(object);
    expect({ kind: object.kind, status, message: body.message }).toEqual({ kind: object.kind, status: 201, message: undefined });
  }
}

describe('the API server accepts', () => {
  test('a web service with an image only', () => expectAccepted(chart => new charts.WebService(chart, 'Web', { image: IMAGE })));

  test('a web service with all that it can have', () => expectAccepted(chart => new charts.WebService(chart, 'Web', {
    name: 'orders',
    image: IMAGE,
    port: 3000,
    servicePort: 8080,
    additionalPorts: [{ name: 'metrics', port: 9090, servicePort: 9091 }],
    command: ['/app'],
    args: ['serve'],
    env: { B: '2', A: '1' },
    envFromConfigMaps: ['settings'],
    envFromSecrets: ['keys'],
    minReplicas: 3,
    maxReplicas: 9,
    targetCpuUtilization: 60,
    cpuRequest: '250m',
    cpuLimit: '1',
    memoryRequest: '256Mi',
    memoryLimit: '1Gi',
    readinessProbe: charts.Probe.httpGet('/ready', { successThreshold: 2, initialDelay: Duration.seconds(1) }),
    livenessProbe: charts.Probe.grpc({ port: 9090 }),
    startupProbe: charts.Probe.exec(['/app', 'started'], { failureThreshold: 30 }),
    drainPeriod: Duration.minutes(1),
    terminationGracePeriod: Duration.minutes(2),
    serviceAccountName: 'shared',
    createServiceAccount: true,
    automountServiceAccountToken: true,
    runAsUser: 1000,
    readOnlyRootFilesystem: false,
    writablePaths: ['/tmp', '/var/cache/app'],
    maxUnavailable: 2,
    requireZoneSpread: true,
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    tolerations: [{ key: 'batch' }, { key: 'team', value: 'shop', effect: charts.NodeTaintEffect.NO_SCHEDULE }],
    priorityClassName: 'high',
    partOf: 'store',
    version: '1.2.3',
    labels: { team: 'shop' },
    podAnnotations: { 'example.com/note': 'x' },
  })));

  test('a web service without probes, scaling, drain or writable folders', () => expectAccepted(chart => new charts.WebService(chart, 'Web', {
    image: IMAGE,
    minReplicas: 1,
    maxReplicas: 1,
    drainPeriod: Duration.seconds(0),
    readinessProbe: charts.Probe.none(),
    livenessProbe: charts.Probe.none(),
    writablePaths: [],
  })));

  test('an ingress with a rule only', () => expectAccepted(chart => new charts.AlbIngress(chart, 'Ingress', { rules: [{ serviceName: 'orders' }] })));

  test('an ingress with hosts, kinds of paths and many annotations', () => expectAccepted(chart => new charts.AlbIngress(chart, 'Ingress', {
    scheme: charts.LoadBalancerScheme.INTERNET_FACING,
    inboundCidrs: ['0.0.0.0/0'],
    certificateArns: [CERTIFICATE],
    group: { name: 'shop', order: -1000 },
    healthCheck: { path: '/health', interval: Duration.seconds(10), timeout: Duration.seconds(5) },
    tags: { team: 'shop' },
    rules: [
      { host: '*.example.com', serviceName: 'any' },
      { host: 'a.example.com', path: '/a', pathType: charts.IngressPathType.EXACT, serviceName: 'a', servicePort: 8080 },
      { host: 'a.example.com', path: '/img/*', pathType: charts.IngressPathType.IMPLEMENTATION_SPECIFIC, serviceName: 'img' },
    ],
  })));

  test("Auto Mode's ingress class, as far as it is Kubernetes' own", () => expectAccepted(chart =>
    new charts.AutoModeIngressClass(chart, 'Class', { isDefault: true }), ['IngressClass']));

  test('network load balancers of both kinds of targets', () => expectAccepted(chart => {
    new charts.NlbService(chart, 'Pods', { selector: { app: 'a' }, ports: [{ port: 1883 }] });
    new charts.NlbService(chart, 'Nodes', {
      selector: { app: 'a' },
      targetType: charts.LoadBalancerTargetType.INSTANCE,
      scheme: charts.LoadBalancerScheme.INTERNET_FACING,
      inboundCidrs: ['0.0.0.0/0'],
      certificateArns: [CERTIFICATE],
      tlsPorts: [8883],
      ports: [{ name: 'mqtts', port: 8883, targetPort: 1883 }, { name: 'tcp', port: 53 }, { name: 'udp', port: 53, protocol: charts.NlbProtocol.UDP }],
    });
  }));

  test('storage classes', () => expectAccepted(chart => {
    new charts.Gp3StorageClass(chart, 'Plain');
    new charts.Gp3StorageClass(chart, 'Fast', {
      name: 'fast', defaultClass: true, kmsKeyId: 'key', iops: 6000, throughput: 500, tags: { a: 'b' }, reclaimPolicy: charts.VolumeReclaimPolicy.RETAIN,
    });
  }));
});

test('a tenant takes a web service in: pods pass Pod Security "restricted" and the quota, and become ready', async () => {
  const objects = render(chart => {
    const { namespaceName: namespace } = new charts.Tenant(chart, 'Tenant', {
      name: 'shop',
      ingressCidrs: ['10.0.0.0/16'],
      ingressNamespaces: ['monitoring'],
      egressCidrs: ['0.0.0.0/0'],
      dnsCidrs: ['169.254.20.10/32'],
      adminGroups: ['leads'],
      editGroups: ['devs'],
      viewGroups: ['all'],
      containerDefaults: { cpuLimit: '1' },
    });
    new charts.WebService(chart, 'Web', { name: 'orders', namespace, image: IMAGE });
  });
  for (const object of objects) {
    const { status, body } = await create(object, {});
    expect({ kind: object.kind, status, message: body.message }).toEqual({ kind: object.kind, status: 201, message: undefined });
  }

  const privileged = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'root', namespace: 'shop' }, spec: { containers: [{ name: 'a', image: IMAGE }] } };
  const refusal = await create(privileged);
  expect(refusal.status).toBe(403);
  expect(refusal.body.message).toContain('violates PodSecurity "restricted:latest"');

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
  const TERMS = {
    subnetSelectorTerms: [{ id: 'subnet-1' }, { tags: { 'karpenter.sh/discovery': 'a' } }],
    securityGroupSelectorTerms: [{ id: 'sg-1' }, { name: 'nodes' }, { tags: { a: '*' } }],
    role: 'nodes',
  };
  const ALIAS = [{ alias: 'al2023@v20260801' }];
  const CLASS: charts.Ec2NodeClassProps = { ...TERMS, amiSelectorTerms: ALIAS };
  const REF = { name: 'default' };

  beforeAll(async () => {
    const folder = join(dir, 'crds', 'karpenter-v1.14.1');
    for (const file of readdirSync(folder)) {
      const { status, body } = await plane().request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', parse(readFileSync(join(folder, file), 'utf8')));
      expect({ file, status, message: body.message }).toEqual({ file, status: 201, message: undefined });
    }
    for (const path of ['karpenter.sh/v1/nodepools', 'karpenter.k8s.aws/v1/ec2nodeclasses']) {
      for (let i = 0; i < 60 && (await plane().request('GET', `/apis/${path}`)).status !== 200; i++) {
        await sleep(250);
      }
    }
  });

  test('accepts a class and a pool with what they need', () => expectAccepted(chart => {
    const { ref } = new charts.Ec2NodeClass(chart, 'Class', CLASS);
    new charts.NodePool(chart, 'Pool', { nodeClassRef: ref });
  }));

  test.each(['al2023@v20260801', 'bottlerocket@v1.40.0', 'windows2022@latest'])('accepts a class of %s', alias => expectAccepted(chart =>
    new charts.Ec2NodeClass(chart, 'Class', { ...CLASS, amiSelectorTerms: [{ alias }], rootVolumeSize: Size.gibibytes(200), volumeKmsKeyId: 'key' })));

  test('accepts a class with all that it can have', () => expectAccepted(chart => new charts.Ec2NodeClass(chart, 'Class', {
    name: 'all',
    amiFamily: charts.AmiFamily.AL2023,
    amiSelectorTerms: [{ id: 'ami-1' }, { name: 'x*', owner: 'self', tags: { a: 'b' } }, { ssmParameter: '/a/b' }],
    subnetSelectorTerms: TERMS.subnetSelectorTerms,
    securityGroupSelectorTerms: TERMS.securityGroupSelectorTerms,
    instanceProfile: 'nodes',
    blockDeviceMappings: [
      { deviceName: '/dev/xvda', rootVolume: true, volumeSize: Size.tebibytes(1), iops: 6000, throughput: 500, kmsKeyId: 'key' },
      { deviceName: '/dev/xvdb', snapshotId: 'snap-1', volumeInitializationRate: 200, volumeType: charts.EbsVolumeType.IO2, iops: 100 },
    ],
    metadataOptions: { httpEndpoint: false, httpProtocolIpv6: true, httpPutResponseHopLimit: 2, httpTokensRequired: false },
    userData: 'MIME-Version: 1.0',
    kubelet: {
      clusterDns: ['10.0.0.10'],
      maxPods: 110,
      podsPerCore: 10,
      systemReserved: { cpu: '100m', memory: '100Mi' },
      kubeReserved: { 'cpu': '200m', 'ephemeral-storage': '1Gi', 'pid': '1000' },
      evictionHard: { 'memory.available': '5%', 'nodefs.available': '10Gi' },
      evictionSoft: { 'memory.available': '10%' },
      evictionSoftGracePeriod: { 'memory.available': Duration.minutes(2) },
      evictionMaxPodGracePeriod: Duration.minutes(1),
      imageGcHighThresholdPercent: 80,
      imageGcLowThresholdPercent: 70,
      cpuCfsQuota: false,
    },
    tags: { team: 'shop' },
    detailedMonitoring: true,
    associatePublicIpAddress: false,
    instanceStorePolicy: charts.InstanceStorePolicy.RAID0,
  })));

  test('accepts a pool with all that it can have, and one of a fixed size', () => expectAccepted(chart => {
    new charts.NodePool(chart, 'Pool', {
      nodeClassRef: REF,
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
      labels: { 'example.com/team': 'shop' },
      annotations: { note: 'x' },
      taints: [{ key: 'team', value: 'shop', effect: charts.NodeTaintEffect.NO_SCHEDULE }],
      startupTaints: [{ key: 'node.cilium.io/agent-not-ready', effect: charts.NodeTaintEffect.NO_EXECUTE }],
      limits: { cpu: '1000', memory: '1000Gi', nodes: '50' },
      consolidationPolicy: charts.ConsolidationPolicy.BALANCED,
      consolidateAfter: charts.KarpenterDuration.of(Duration.seconds(90)),
      disruptionBudgets: [
        { nodes: '10%' },
        { nodes: '0', schedule: '0 9 * * mon-fri', duration: Duration.minutes(510), reasons: [charts.DisruptionReason.DRIFTED, charts.DisruptionReason.EMPTY] },
        { nodes: '1', schedule: '@daily', duration: Duration.hours(8) },
      ],
      expireAfter: charts.KarpenterDuration.NEVER,
      terminationGracePeriod: Duration.days(2),
      weight: 100,
    });
    new charts.NodePool(chart, 'Fixed', { nodeClassRef: REF, replicas: 3, limits: { nodes: '5' } });
  }));

  /** The object of a construct with good props, changed into what bad props would make of it. */
  async function statusOfRaw(build: (chart: Chart) => void, change: (spec: any) => void): Promise<number> {
    const [object] = render(build);
    change(object.spec);
    return (await create(object)).status;
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
    expect(await statusOfRaw(chart => new charts.NodePool(chart, 'Pool', { nodeClassRef: REF }), change)).toBe(422);
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
    expect(await statusOfRaw(chart => new charts.Ec2NodeClass(chart, 'Class', CLASS), change)).toBe(422);
  });

  test('a wrong term among right ones is refused at synth, though the API server lets it pass', async () => {
    const terms = [{ id: 'subnet-1' }, { id: 'subnet-2', tags: { a: 'b' } }];
    expect(() => render(chart => new charts.Ec2NodeClass(chart, 'Class', { ...CLASS, subnetSelectorTerms: terms }))).toThrow();
    expect(await statusOfRaw(chart => new charts.Ec2NodeClass(chart, 'Class', CLASS), spec => { spec.subnetSelectorTerms = terms; })).toBe(201);
  });
});
