import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnAddon, CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { chartObjects, inlinePolicies, newStack, permissions, referenceYaml, releaseValues, text, unknownKeys, withHelm } from './fixtures';
import { Karpenter, KarpenterProps } from '../../src/addons/karpenter';
import { KarpenterLogLevel, KarpenterMinValuesPolicy, KarpenterPreferencePolicy } from '../../src/addons/karpenter-options';
import { KarpenterNodePoolOptions } from '../../src/addons/karpenter-pool-options';
import { AmiAlias, AmiFamily, CapacityType, NodeArchitecture, NodePoolPresets, NodeRequirement } from '../../src/charts';
import { Bootstrap, BootstrapStage } from '../../src/delivery/bootstrap';
import { importedCluster, newCluster } from '../clusters';
import { describeWithReference } from '../reference';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});
const newKarpenter = (props: Partial<KarpenterProps> = {}) => new Karpenter(stack, 'Karpenter', { cluster: withHelm(newCluster(stack)), ...props });
const objectsOf = (options?: KarpenterNodePoolOptions) => {
  new Karpenter(stack, 'Karpenter', { cluster: withHelm(importedCluster(stack)) }).addNodePool('GeneralPurpose', options);
  const objects = chartObjects(Template.fromStack(stack));
  return { pool: objects.find(({ kind }) => kind === 'NodePool'), nodeClass: objects.find(({ kind }) => kind === 'EC2NodeClass') };
};

const dependenciesOf = (template: Template, chart: string): string[] =>
  Object.entries(template.findResources('Custom::EKSSlipway-Chart')).filter(([id]) => id.startsWith(chart)).flatMap(([, { DependsOn }]) => DependsOn ?? []);

test('the definitions are a release of their own, installed before the controller', () => {
  newKarpenter();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::EKSSlipway-HelmRelease', { Chart: 'karpenter-crd', Version: '1.14.1', Namespace: 'kube-system', Content: Match.absent() });
  template.hasResource('Custom::EKSSlipway-HelmRelease', {
    Properties: { Chart: 'karpenter', Version: '1.14.1', SkipCrds: 'true' },
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('^KarpenterDefinitions'), Match.stringLikeRegexp('^KarpenterIdentityAssociation'), Match.stringLikeRegexp('^KarpenterIdentityRole'),
    ]),
  });
});

test('the controller knows cluster and queue, and does not need the DNS of the cluster', () => {
  newKarpenter();
  const values = releaseValues(Template.fromStack(stack), 'karpenter');
  expect(values).toMatchObject({
    settings: { clusterName: 'Stack-Cluster', interruptionQueue: expect.stringMatching(/^\$\{KarpenterInterruption.*QueueName\}$/) },
    dnsPolicy: 'Default',
    replicas: 2,
    serviceAccount: { name: 'karpenter', annotations: {} },
  });
  // the chart keeps it off its own nodes
  expect(values.affinity).toBeUndefined();
});

test('every setting that a user decides reaches the chart', () => {
  newKarpenter({
    replicas: 3,
    cpu: '500m',
    memory: '2Gi',
    logLevel: KarpenterLogLevel.DEBUG,
    batchMaxDuration: Duration.seconds(30),
    batchIdleDuration: Duration.seconds(3),
    preferencePolicy: KarpenterPreferencePolicy.IGNORE,
    minValuesPolicy: KarpenterMinValuesPolicy.BEST_EFFORT,
    vmMemoryOverhead: 0,
    reservedEnis: 1,
    ignoreDraRequests: false,
    amiRefreshInterval: Duration.hours(1),
    subnetRefreshInterval: Duration.minutes(5),
    dryRun: false,
    eksControlPlane: false,
    isolatedVpc: true,
    clusterStateMetrics: false,
    serviceMonitor: true,
    serviceMonitorLabels: { release: 'prometheus' },
    featureGates: { nodeRepair: true, reservedCapacity: false },
  });
  const values = releaseValues(Template.fromStack(stack), 'karpenter');
  expect(values).toMatchObject({
    replicas: 3,
    logLevel: 'debug',
    controller: { resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '500m', memory: '2Gi' } } },
    serviceMonitor: { enabled: true, additionalLabels: { release: 'prometheus' } },
  });
  expect(values.settings).toEqual({
    clusterName: 'Stack-Cluster',
    interruptionQueue: expect.anything(),
    batchMaxDuration: '30s',
    batchIdleDuration: '3s',
    preferencePolicy: 'Ignore',
    minValuesPolicy: 'BestEffort',
    // the chart reads a plain 0 or false as nothing said
    vmMemoryOverheadPercent: '0',
    reservedENIs: '1',
    ignoreDRARequests: 'false',
    amiRefreshInterval: '1h',
    subnetRefreshInterval: '5m',
    disableDryRun: true,
    eksControlPlane: false,
    isolatedVPC: true,
    disableClusterStateObservability: true,
    featureGates: { nodeRepair: true, reservedCapacity: false },
  });
});

test('settings that cannot be are refused', () => {
  const make = (props: Partial<KarpenterProps>) => () => new Karpenter(newStack(), 'Karpenter', { cluster: withHelm(newCluster(newStack())), ...props });
  expect(make({ replicas: 0 })).toThrow('"replicas" is 0: give a whole number of at least 1');
  expect(make({ vmMemoryOverhead: 7.5 })).toThrow('"vmMemoryOverhead" is 7.5: give a share from 0 to below 1, such as 0.075 for 7.5 percent');
  expect(make({ amiRefreshInterval: Duration.seconds(30) })).toThrow('"amiRefreshInterval" is 30 seconds: give whole seconds of at least 60');
  expect(make({ memory: 'lots' })).toThrow('"memory" is "lots"');
  expect(make({ serviceMonitorLabels: { a: 'b' } })).toThrow('"serviceMonitorLabels" is {"a":"b"} but "serviceMonitor" is undefined');
});

test('a pool of a fixed size switches its feature gate on, next to those of the user', () => {
  const karpenter = newKarpenter({ featureGates: { nodeRepair: true }, values: { settings: { featureGates: { nodeOverlay: true } } } });
  karpenter.addNodePool('Fixed', { replicas: 3 });
  expect(releaseValues(Template.fromStack(stack), 'karpenter').settings.featureGates).toEqual({ nodeRepair: true, nodeOverlay: true, staticCapacity: true });
});

test.each<[string, Partial<KarpenterProps>]>([
  ['by the property', { featureGates: { staticCapacity: false } }],
  ['among the values', { values: { settings: { featureGates: { staticCapacity: false } } } }],
])('a pool that needs a feature gate which the user has switched off %s is refused', (_, props) => {
  const karpenter = newKarpenter(props);
  expect(() => karpenter.addNodePool('Fixed', { replicas: 3 }))
    .toThrow('pool "Fixed" needs Karpenter\'s feature gate "staticCapacity", but "featureGates.staticCapacity" is false');
});

test('zonal shifts are heeded where the cluster has them, and nowhere else', () => {
  const shifts = (enabled: any, props: Partial<KarpenterProps> = {}) => {
    const own = newStack();
    const cluster = withHelm(newCluster(own));
    (cluster.node.defaultChild as any).addPropertyOverride('ZonalShiftConfig', enabled === undefined ? undefined : { Enabled: enabled });
    new Karpenter(own, 'Karpenter', { cluster, ...props });
    return releaseValues(Template.fromStack(own), 'karpenter').settings.enableZonalShift;
  };
  expect(shifts(undefined)).toBeUndefined();
  expect(shifts(true)).toBe(true);
  expect(shifts(true, { zonalShift: false })).toBeUndefined();
  expect(() => shifts(false, { zonalShift: true })).toThrow('"zonalShift" is true, but cluster Stack/Cluster has no zonal shift, and Karpenter would not start');
});

test('an imported cluster\'s zonal shift is taken from the user', () => {
  new Karpenter(stack, 'Karpenter', { cluster: withHelm(importedCluster(stack)), zonalShift: true });
  expect(releaseValues(Template.fromStack(stack), 'karpenter').settings.enableZonalShift).toBe(true);
});

describe('on Fargate', () => {
  const onFargate = (props: Partial<KarpenterProps>, labels: Record<string, string> = { 'app.kubernetes.io/name': 'karpenter' }) => {
    const own = newStack();
    const cluster = withHelm(newCluster(own));
    new CfnFargateProfile(own, 'Profile', {
      clusterName: cluster.clusterName,
      podExecutionRoleArn: 'role',
      selectors: [{ namespace: 'kube-*', labels: Object.entries(labels).map(([key, value]) => ({ key, value })) }],
    });
    new Karpenter(own, 'Karpenter', { cluster, ...props });
    return () => Template.fromStack(own);
  };

  test('Pod Identity is refused, which does not exist there', () => {
    expect(onFargate({})).toThrow('"identityType" is POD_IDENTITY, but Karpenter runs on Fargate (profile Stack/Profile selects its pods), where Pod Identity does not exist: give eks.IdentityType.IRSA');
  });

  test('IRSA is not, and other pods on Fargate are no matter', () => {
    expect(onFargate({ identityType: eks.IdentityType.IRSA })).not.toThrow();
    expect(onFargate({}, { 'k8s-app': 'kube-dns' })).not.toThrow();
  });

  test('the controller can come up before CoreDNS, which may run on its nodes', () => {
    const waitFor = (props: Partial<KarpenterProps>) => {
      const own = newStack();
      const cluster = withHelm(newCluster(own));
      Bootstrap.of(cluster).add(BootstrapStage.SYSTEM, new CfnAddon(own, 'Dns', { clusterName: cluster.clusterName, addonName: 'coredns' }));
      new Karpenter(own, 'Karpenter', { cluster, ...props });
      return Object.values(Template.fromStack(own).findResources('Custom::EKSSlipway-HelmRelease')).map(({ DependsOn }) => (DependsOn ?? []).includes('Dns'));
    };
    expect(waitFor({})).toEqual([true, true]);
    expect(waitFor({ after: BootstrapStage.CAPACITY })).toEqual([false, false]);
  });
});

test('a cluster has one', () => {
  const karpenter = newKarpenter();
  new Karpenter(stack, 'Second', { cluster: stack.node.findChild('Cluster') as eks.Cluster });
  expect(() => Template.fromStack(stack)).toThrow(`"cluster" is Stack/Cluster, where ${karpenter.node.path} installs Karpenter already`);
});

test('beside Auto Mode it says that there is one already', () => {
  const warnings = () => Annotations.fromStack(stack).findWarning('/Stack/Karpenter', Match.anyValue()).map(({ entry }) => entry.data);
  const cluster = withHelm(newCluster(stack));
  new Karpenter(stack, 'Karpenter', { cluster });
  (cluster.node.defaultChild as any).computeConfig = { enabled: true };
  expect(warnings()).toEqual([expect.stringContaining('Cluster Stack/Cluster has Auto Mode, which is Karpenter already: leave one of them out')]);
});

test('values of the user win, next to the others', () => {
  newKarpenter({ values: { settings: { featureGates: { nodeRepair: true } }, controller: { resources: { requests: { cpu: '250m' } } } } });
  expect(releaseValues(Template.fromStack(stack), 'karpenter')).toMatchObject({
    settings: { clusterName: 'Stack-Cluster', featureGates: { nodeRepair: true } },
    controller: { resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } } },
  });
});

test('interruptions reach a queue that takes them from EventBridge only, over TLS', () => {
  newKarpenter();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 300, SqsManagedSseEnabled: true });
  const [policy] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
  const [deny, ...allow] = policy.Properties.PolicyDocument.Statement;
  expect(deny).toMatchObject({ Effect: 'Deny', Action: 'sqs:*', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  expect(allow).toHaveLength(5);
  for (const statement of allow) {
    expect(statement).toMatchObject({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': expect.anything() } } });
    expect(statement.Action).toContain('sqs:SendMessage');
  }
});

test('nodes may join the cluster, pull images and be reached by SSM, and nothing else', () => {
  newKarpenter();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::AccessEntry', { Type: 'EC2_LINUX', PrincipalArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^KarpenterNodeRole'), 'Arn'] } });
  const [role] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('KarpenterNodeRole')).map(([, resource]) => resource);
  expect(role.Properties.ManagedPolicyArns.map((arn: any) => arn['Fn::Join'][1][2])).toEqual([
    ':iam::aws:policy/AmazonEKSWorkerNodePolicy', ':iam::aws:policy/AmazonEC2ContainerRegistryPullOnly', ':iam::aws:policy/AmazonSSMManagedInstanceCore',
  ]);
});

test('a given role joins the cluster only where its user says that it does not yet', () => {
  const role = iam.Role.fromRoleName(stack, 'Given', 'nodes');
  const cluster = withHelm(newCluster(stack));
  const other = withHelm(newCluster(new Stack(stack, 'Other')));
  expect(() => new Karpenter(stack, 'Undecided', { cluster, nodeRole: role })).toThrow('"nodeRole" is given without "nodeAccessEntry"');
  new Karpenter(stack, 'Joins', { cluster, nodeRole: role, nodeAccessEntry: true }).addNodePool('A');
  new Karpenter(stack, 'Has', { cluster: other, nodeRole: role, nodeAccessEntry: false });

  const template = Template.fromStack(stack);
  expect(Object.keys(template.findResources('AWS::EKS::AccessEntry')).filter(id => /^(Joins|Has)/.test(id))).toEqual([expect.stringMatching(/^JoinsNodeAccess/)]);
  expect(chartObjects(template, 'JoinsA').find(({ kind }) => kind === 'EC2NodeClass').spec.role).toBe('nodes');
  const [passRole] = inlinePolicies(template, 'HasIdentityRole').IAMIntegration.Statement;
  expect(passRole).toMatchObject({ Action: 'iam:PassRole', Resource: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/nodes' });
});

test('Windows nodes have a role and an access entry of their own, which the controller may pass too', () => {
  const karpenter = newKarpenter();
  expect(karpenter.windowsNodeRole).toBeUndefined();
  karpenter.addNodePool('Desktop', { nodeClass: { amiSelectorTerms: [{ alias: 'windows2022@latest' }] } });
  const nodeClassRef = karpenter.addNodeClass('Shared', { amiSelectorTerms: [{ alias: 'windows2025@latest' }] });
  karpenter.addNodePool('Sharing', { nodeClassRef });

  const template = Template.fromStack(stack);
  const entries = Object.entries(template.findResources('AWS::EKS::AccessEntry')).filter(([id]) => id.startsWith('Karpenter'));
  expect(entries.map(([id, { Properties }]) => [id.replace(/Access.*/, ''), Properties.Type])).toEqual([['KarpenterNode', 'EC2_LINUX'], ['KarpenterWindowsNode', 'EC2_WINDOWS']]);
  for (const chart of ['KarpenterDesktop', 'KarpenterShared']) {
    expect(chartObjects(template, chart).find(({ kind }) => kind === 'EC2NodeClass').spec.role).toMatch(/^\$\{KarpenterWindowsNodeRole/);
  }
  for (const chart of ['KarpenterDesktop', 'KarpenterSharing']) {
    const { requirements } = chartObjects(template, chart).find(({ kind }) => kind === 'NodePool').spec.template.spec;
    expect(requirements).toContainEqual({ key: 'kubernetes.io/os', operator: 'In', values: ['windows'] });
  }
  expect(inlinePolicies(template, 'KarpenterIdentityRole').IAMIntegration.Statement[0].Resource).toEqual([
    expect.stringMatching(/^\$\{KarpenterNodeRole/), expect.stringMatching(/^\$\{KarpenterWindowsNodeRole/),
  ]);
  expect(dependenciesOf(template, 'KarpenterDesktop')).toEqual(expect.arrayContaining([expect.stringMatching(/^KarpenterWindowsNodeAccess/), expect.stringMatching(/^KarpenterWindowsNodeRole/)]));
});

test('without a way to IAM, nodes get instance profiles of the stack, and the controller may not touch any', () => {
  newKarpenter({ isolatedVpc: true }).addNodePool('A');
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::InstanceProfile', { Roles: [{ Ref: Match.stringLikeRegexp('^KarpenterNodeRole') }] });
  const { spec } = chartObjects(template).find(({ kind }) => kind === 'EC2NodeClass');
  expect([spec.role, spec.instanceProfile]).toEqual([undefined, expect.stringMatching(/^\$\{KarpenterNodeProfile/)]);
  expect(dependenciesOf(template, 'KarpenterA')).toContainEqual(expect.stringMatching(/^KarpenterNodeProfile/));
  expect(JSON.stringify(inlinePolicies(template, 'KarpenterIdentityRole'))).not.toMatch(/InstanceProfile|pricing/);
});

test('a class can have an instance profile of the user\'s', () => {
  const { nodeClass } = objectsOf({ nodeClass: { instanceProfile: 'mine' } });
  expect([nodeClass.spec.role, nodeClass.spec.instanceProfile]).toEqual([undefined, 'mine']);
});

test('subnets and groups of elsewhere are found by tags', () => {
  const { nodeClass } = objectsOf({
    nodeClass: { subnetSelectorTerms: [{ tags: { tier: 'nodes' } }], securityGroupSelectorTerms: [{ tags: { tier: 'nodes' } }, { id: 'sg-1' }] },
  });
  expect(nodeClass.spec).toMatchObject({ subnetSelectorTerms: [{ tags: { tier: 'nodes' } }], securityGroupSelectorTerms: [{ tags: { tier: 'nodes' } }, { id: 'sg-1' }] });
  stack = newStack();
  expect(() => newKarpenter().addNodeClass('Both', { subnets: {}, subnetSelectorTerms: [{ id: 'subnet-1' }] }))
    .toThrow('"subnets" and "subnetSelectorTerms" are both given for node class "Both": give one of them');
});

test.each(['cn-north-1', 'us-gov-west-1', 'us-iso-east-1'])('in %s roles are trusted to the services of its partition, by their ARNs there', region => {
  const own = new Stack(new App(), 'Stack', { env: { region, account: '123456789012' } });
  new Karpenter(own, 'Karpenter', { cluster: withHelm(newCluster(own)) }).addNodePool('A');
  const template = JSON.stringify(Template.fromStack(own).toJSON());
  expect(template).not.toContain('arn:aws:');
  const roles = Object.entries(Template.fromStack(own).findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('KarpenterNodeRole'));
  expect(text(roles[0][1].Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service)).toMatch(/^ec2\.(amazonaws\.com|\$\{AWS::URLSuffix\})/);
});

test('a pool is Linux on demand on x86 unless told otherwise, in a class with subnets and group by id', () => {
  const { pool, nodeClass } = objectsOf({ limits: { cpu: '100' } });
  expect(pool).toMatchObject({
    metadata: { name: 'general-purpose' },
    spec: {
      limits: { cpu: '100' },
      template: {
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'general-purpose' },
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
          ],
        },
      },
    },
  });
  expect(nodeClass).toMatchObject({
    metadata: { name: 'general-purpose' },
    spec: {
      role: expect.stringMatching(/^\$\{KarpenterNodeRole/),
      amiSelectorTerms: [{ alias: `al2023@${AmiAlias.AL2023_RELEASE}` }],
      subnetSelectorTerms: [{ id: 'subnet-3' }, { id: 'subnet-4' }],
      securityGroupSelectorTerms: [{ id: 'sg-cluster' }],
    },
  });
});

test('a requirement takes the place of the default for the same label', () => {
  const { pool } = objectsOf({
    architectures: [NodeArchitecture.ARM64],
    requirements: [NodeRequirement.capacityTypes(CapacityType.SPOT), NodeRequirement.instanceCategories('m')],
  });
  expect(pool.spec.template.spec.requirements.map(({ key, values }: any) => [key, ...values])).toEqual([
    ['kubernetes.io/arch', 'arm64'], ['kubernetes.io/os', 'linux'], ['karpenter.sh/capacity-type', 'spot'], ['karpenter.k8s.aws/instance-category', 'm'],
  ]);
});

test('a pool is delivered after controller and access of nodes, and so removed before them', () => {
  newKarpenter().addNodePool('General');
  const template = Template.fromStack(stack);
  template.hasResource('Custom::EKSSlipway-Chart', {
    DependsOn: Match.arrayWith([
      Match.stringLikeRegexp('^KarpenterNodeAccess'), Match.stringLikeRegexp('^KarpenterNodeRole'), Match.stringLikeRegexp('^KarpenterRelease'),
    ]),
  });
});

test('reserved capacity needs its gate, also that of a shared class', () => {
  const karpenter = newKarpenter({ featureGates: { reservedCapacity: false } });
  expect(() => karpenter.addNodePool('Reserved', { capacityTypes: [CapacityType.RESERVED] })).toThrow('needs Karpenter\'s feature gate "reservedCapacity"');
  expect(() => karpenter.addNodeClass('Blocks', { capacityReservationSelectorTerms: [{ id: 'cr-0123456789abcdef0' }] }))
    .toThrow('node class "Blocks" needs Karpenter\'s feature gate "reservedCapacity"');
});

test('a family of Windows has an image of its own by default; others must name theirs', () => {
  const { nodeClass } = objectsOf({ nodeClass: { amiFamily: AmiFamily.WINDOWS_2022 } });
  expect(nodeClass.spec.amiSelectorTerms).toEqual([{ alias: 'windows2022@latest' }]);
  stack = newStack();
  expect(() => newKarpenter().addNodeClass('Rocket', { amiFamily: AmiFamily.BOTTLEROCKET }))
    .toThrow('"amiSelectorTerms" is missing for node class "Rocket" of the family Bottlerocket: say which images its nodes start from');
});

test('a preset of pools says what it says, and the defaults only what it leaves open', () => {
  const { pool } = objectsOf({ ...NodePoolPresets.spotWithFallback({ limits: { cpu: '100' } }) });
  const keys = pool.spec.template.spec.requirements.map(({ key }: any) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(pool.spec.template.spec.requirements).toContainEqual({ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot', 'on-demand'] });
});

test('several pools can share a class', () => {
  const karpenter = newKarpenter();
  const nodeClassRef = karpenter.addNodeClass('Bottlerocket', { amiSelectorTerms: [{ alias: 'bottlerocket@latest' }], subnets: { subnetType: ec2.SubnetType.PUBLIC } });
  karpenter.addNodePool('Spot', { nodeClassRef, capacityTypes: [CapacityType.SPOT] });

  const template = Template.fromStack(stack);
  expect(chartObjects(template, 'KarpenterSpot').map(({ kind, spec }) => [kind, spec.template.spec.nodeClassRef.name])).toEqual([['NodePool', 'bottlerocket']]);
  const [nodeClass] = chartObjects(template, 'KarpenterBottlerocket');
  expect(nodeClass.spec.subnetSelectorTerms).toEqual([{ id: expect.stringContaining('PublicSubnet1') }, { id: expect.stringContaining('PublicSubnet2') }]);
});

test('contradictions are refused', () => {
  const karpenter = newKarpenter();
  expect(() => karpenter.addNodePool('A', { nodeClass: {}, nodeClassRef: { name: 'shared' } })).toThrow('"nodeClass" and "nodeClassRef" ("shared") are both given for pool "A"');
  expect(() => karpenter.addNodePool('B', { capacityTypes: [CapacityType.SPOT], requirements: [NodeRequirement.capacityTypes(CapacityType.ON_DEMAND)] }))
    .toThrow('"capacityTypes" is spot and "requirements" has "karpenter.sh/capacity-type" too: give one of them');
});

test('a cluster without a name that is known at synth is refused, with what to do', () => {
  const cluster = withHelm(new eks.Cluster(stack, 'Unnamed', { version: eks.KubernetesVersion.V1_34 }));
  expect(() => new Karpenter(stack, 'Karpenter', { cluster })).toThrow('give the cluster Stack/Unnamed a "clusterName"');
});

test('its policies take at most 80 % of what a role holds, and of what a policy may have, for the longest names', () => {
  const cluster = withHelm(eks.Cluster.fromClusterAttributes(stack, 'Long', { clusterName: 'x'.repeat(100), vpc: importedCluster(stack).vpc, clusterSecurityGroupId: 'sg-1' }));
  new Karpenter(stack, 'Karpenter', { cluster }).addNodeClass('Windows', { amiSelectorTerms: [{ alias: 'windows2022@latest' }] });
  const arn = (service: string, resource: string) => `arn:aws-iso-f:${service}:us-isof-south-1:123456789012:${resource}`;
  const sizes = Object.values(inlinePolicies(Template.fromStack(stack), 'KarpenterIdentityRole')).map(policy => JSON.stringify(policy)
    .replaceAll('${AWS::Partition}', 'aws-iso-f').replaceAll('${AWS::Region}', 'us-isof-south-1').replaceAll('${AWS::AccountId}', '123456789012')
    .replaceAll(/\$\{Karpenter\w*Role\w*\.Arn\}/g, arn('iam', `role/${'x'.repeat(64)}`))
    .replaceAll(/\$\{\w+\.Arn\}/g, arn('sqs', 'x'.repeat(80))).length);
  expect(sizes).toHaveLength(6);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(0.8 * 6_144);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(0.8 * 10_240);
});

describeWithReference('compared with the project', dir => {
  const upstream = (policy: string) => {
    const names: Record<string, string> = { '${ClusterName}': 'Stack-Cluster', '${KarpenterNodeRole.Arn}': 'NODE_ROLE', '${KarpenterInterruptionQueue.Arn}': 'QUEUE' };
    return permissions(JSON.parse(Object.entries(names).reduce((json, [name, value]) => json.replaceAll(name, value),
      JSON.stringify(referenceYaml(dir, `iam/karpenter-v1.14.1/${policy}Policy.json`)))));
  };

  test('it may do what the project asks for, neither more nor less', () => {
    newKarpenter();
    const own = inlinePolicies(Template.fromStack(stack), 'KarpenterIdentityRole');
    expect(Object.keys(own).sort()).toEqual(['EKSIntegration', 'IAMIntegration', 'Interruption', 'NodeLifecycle', 'ResourceDiscovery', 'ZonalShift']);
    for (const [name, policy] of Object.entries(own)) {
      const document = JSON.parse(JSON.stringify(policy)
        .replaceAll(/\$\{KarpenterNodeRole\w+\.Arn\}/g, 'NODE_ROLE')
        .replaceAll(/\$\{KarpenterInterruption\w+\.Arn\}/g, 'QUEUE')
        .replaceAll(/\$\{Cluster\w+\.Arn\}/g, 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/Stack-Cluster'));
      expect(permissions(document)).toEqual(upstream(name));
    }
  });

  test('the queue gets the events that the project asks for', () => {
    newKarpenter();
    const patterns = (values: any[]) => values.map(value => JSON.stringify([value.source, value['detail-type']])).sort();
    const own = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(rule => rule.Properties.EventPattern);
    expect(patterns(own)).toEqual(patterns(Object.values(referenceYaml(dir, 'iam/karpenter-v1.14.1/eventbridge-rules.json'))));
  });

  test('every value exists in the chart', () => {
    newKarpenter();
    expect(unknownKeys(releaseValues(Template.fromStack(stack), 'karpenter'), referenceYaml(dir, 'values/karpenter-1.14.1.values.yaml'))).toEqual([]);
  });
});
