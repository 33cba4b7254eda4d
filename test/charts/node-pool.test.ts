import { Duration, Token } from 'aws-cdk-lib';
import { Chart, Testing } from 'cdk8s';
import { only, render } from './render';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { ConsolidationPolicy, DisruptionReason } from '../../src/charts/node-disruption';
import { NodeLabel } from '../../src/charts/node-label';
import { NodePool, NodePoolProps } from '../../src/charts/node-pool';
import { CapacityType, NodeArchitecture, NodeOperatingSystem, NodeRequirement, RequirementOperator } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';

const REF = { name: 'default' };

function pool(props: Partial<NodePoolProps> = {}): any {
  return only(render(chart => new NodePool(chart, 'Pool', { name: 'general', nodeClassRef: REF, ...props })), 'NodePool');
}

const AUTO_MODE = { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' };

function construct(props: Partial<NodePoolProps> = {}): NodePool {
  return new NodePool(new Chart(Testing.app(), 'test'), 'Pool', { name: 'general', nodeClassRef: REF, ...props });
}

/** The warnings of a pool, as CDK shows them. */
function warnings(props: Partial<NodePoolProps> = {}): string[] {
  return construct(props).node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data);
}

test('a node class is enough for nodes that are replaced in time, and consolidated with a delay', () => {
  expect(pool()).toEqual({
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'general' },
    spec: {
      template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [], expireAfter: '720h' } },
      disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '5m' },
    },
  });
});

test('a pool that grows without limits gets a warning, one with limits or of a fixed size gets none', () => {
  expect(warnings()).toEqual([expect.stringContaining('NodePool "general" has no "limits"')]);
  expect(warnings({ limits: { cpu: '10' } })).toEqual([]);
  expect(warnings({ specOverride: { limits: { cpu: '10' } } })).toEqual([]);
  expect(warnings({ replicas: 2 })).toEqual([]);
});

test('fields that no prop has are merged deeply over the props, and null takes a field out', () => {
  const { spec } = pool({
    specOverride: { template: { spec: { newField: { deep: 1 } } }, disruption: { consolidateAfter: '1m', consolidationPolicy: null } },
  });
  expect(spec.template.spec).toMatchObject({ newField: { deep: 1 }, nodeClassRef: { name: 'default' }, expireAfter: '720h' });
  expect(spec.disruption).toEqual({ consolidateAfter: '1m' });
});

test('a pool says which feature gates of Karpenter it needs', () => {
  expect(construct().featureGates).toEqual([]);
  expect(construct({ replicas: 0 }).featureGates).toEqual(['staticCapacity']);
  expect(construct({ specOverride: { replicas: 2 } }).featureGates).toEqual(['staticCapacity']);
  expect(construct({ requirements: [NodeRequirement.capacityTypes(CapacityType.RESERVED, CapacityType.SPOT)] }).featureGates).toEqual(['reservedCapacity']);
  expect(construct({ requirements: [NodeLabel.CAPACITY_TYPE.noneOf('reserved')] }).featureGates).toEqual([]);
  expect(construct({ nodeClassRef: AUTO_MODE, replicas: 2 }).featureGates).toEqual([]);
});

describe('on EKS Auto Mode', () => {
  const auto = (props: Partial<NodePoolProps>) => pool({ nodeClassRef: AUTO_MODE, ...props }).spec.template.spec;

  test('the labels of instances are those of Auto Mode', () => {
    expect(auto({
      requirements: [
        NodeRequirement.instanceCategories('c', 'm').withMinValues(2),
        NodeLabel.INSTANCE_CPU.atLeast(4),
        NodeRequirement.zones('eu-west-1a'),
        NodeRequirement.of('eks.amazonaws.com/instance-local-nvme', RequirementOperator.EXISTS),
      ],
    }).requirements).toEqual([
      { key: 'eks.amazonaws.com/instance-category', operator: 'In', values: ['c', 'm'], minValues: 2 },
      { key: 'eks.amazonaws.com/instance-cpu', operator: 'Gte', values: ['4'] },
      { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['eu-west-1a'] },
      { key: 'eks.amazonaws.com/instance-local-nvme', operator: 'Exists', values: [] },
    ]);
  });

  test('nodes are replaced after the 14 days that are its own default, and a longer life gets a warning', () => {
    expect(auto({}).expireAfter).toBe('336h');
    expect(warnings({ nodeClassRef: AUTO_MODE, limits: { cpu: '1' }, expireAfter: KarpenterDuration.NEVER })).toEqual([expect.stringContaining('21 days')]);
  });

  test('a label in its domain that nobody has documented gets a warning', () => {
    const requirements = [NodeRequirement.of('eks.amazonaws.com/instance-famly', RequirementOperator.IN, ['m8g'])];
    expect(warnings({ nodeClassRef: AUTO_MODE, limits: { cpu: '1' }, requirements })).toEqual([expect.stringContaining('"eks.amazonaws.com/instance-famly"')]);
  });

  test.each<[string, Partial<NodePoolProps>, string]>([
    ["a label of Karpenter's own", { requirements: [NodeRequirement.of('karpenter.k8s.aws/instance-cpu', RequirementOperator.EXISTS)] }, 'give "eks.amazonaws.com/instance-cpu"'],
    ['a label that it does not have', { requirements: [NodeLabel.INSTANCE_TENANCY.oneOf('dedicated')] }, 'EKS Auto Mode has no such label, remove it'],
    ["Karpenter's label on the nodes", { labels: { 'karpenter.k8s.aws/instance-family': 'm8g' } }, '"labels" has "karpenter.k8s.aws/instance-family"'],
    ['an operating system', { requirements: [NodeRequirement.operatingSystems(NodeOperatingSystem.LINUX)] }, 'EKS Auto Mode has nodes of Linux only'],
  ])('%s is refused', (_, props, message) => {
    expect(() => auto(props)).toThrow(message);
  });

  test.each([['eks.amazonaws.com/instance-cpu', 'give "karpenter.k8s.aws/instance-cpu"'], ['eks.amazonaws.com/compute-type', 'remove it']])(
    "its label %s is refused in a pool of Karpenter's own", (key, message) => {
      expect(() => pool({ requirements: [NodeRequirement.of(key, RequirementOperator.EXISTS)] })).toThrow(message);
    });
});

test('a pool lives in no namespace, even in a chart that has one', () => {
  const manifest = render(chart => new NodePool(chart, 'Pool', { nodeClassRef: REF }), { namespace: 'shop' });
  expect(manifest[0].metadata).toEqual({ name: expect.stringMatching(/^test-pool-/) });
});

test('a pool of EKS Auto Mode refers to its kind of node class', () => {
  const ref = { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' };
  expect(pool({ nodeClassRef: ref }).spec.template.spec.nodeClassRef).toEqual(ref);
});

test('each prop has its place', () => {
  const props: Partial<NodePoolProps> = {
    labels: { 'example.com/team': 'shop' },
    annotations: { note: 'x' },
    taints: [{ key: 'team', value: 'shop', effect: NodeTaintEffect.NO_SCHEDULE }],
    startupTaints: [{ key: 'node.cilium.io/agent-not-ready', effect: NodeTaintEffect.NO_EXECUTE }],
    limits: { cpu: '1000', memory: '1000Gi' },
    consolidationPolicy: ConsolidationPolicy.BALANCED,
    consolidateAfter: KarpenterDuration.of(Duration.minutes(5)),
    disruptionBudgets: [
      { nodes: '10%' },
      { nodes: '0', schedule: '0 9 * * mon-fri', duration: Duration.hours(8), reasons: [DisruptionReason.DRIFTED, DisruptionReason.UNDERUTILIZED] },
    ],
    expireAfter: KarpenterDuration.NEVER,
    terminationGracePeriod: Duration.hours(24),
    weight: 10,
  };
  expect(pool(props).spec).toEqual({
    template: {
      metadata: { labels: { 'example.com/team': 'shop' }, annotations: { note: 'x' } },
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
        requirements: [],
        taints: [{ key: 'team', value: 'shop', effect: 'NoSchedule' }],
        startupTaints: [{ key: 'node.cilium.io/agent-not-ready', effect: 'NoExecute' }],
        expireAfter: 'Never',
        terminationGracePeriod: '24h',
      },
    },
    disruption: {
      consolidationPolicy: 'Balanced',
      consolidateAfter: '5m',
      budgets: [{ nodes: '10%' }, { nodes: '0', schedule: '0 9 * * mon-fri', duration: '8h', reasons: ['Drifted', 'Underutilized'] }],
    },
    limits: { cpu: '1000', memory: '1000Gi' },
    weight: 10,
  });
});

test('disruption always says when, as the API requires', () => {
  expect(pool({ consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY }).spec.disruption).toEqual({ consolidationPolicy: 'WhenEmpty', consolidateAfter: '5m' });
});

test('a pool of a fixed size takes a limit of nodes, and has a disruption only where it is told one', () => {
  expect(pool({ replicas: 3, limits: { nodes: '5' } }).spec).toMatchObject({ replicas: 3, limits: { nodes: '5' } });
  expect(pool({ replicas: 3 }).spec.disruption).toBeUndefined();
  expect(pool({ replicas: 3, disruptionBudgets: [{ nodes: '1' }] }).spec.disruption).toEqual({ consolidateAfter: '0s', budgets: [{ nodes: '1' }] });
});

test('every comparison of a label has its operator', () => {
  const label = NodeLabel.INSTANCE_MEMORY;
  expect([
    label.oneOf('1'), label.noneOf('1', '2'), label.exists(), label.doesNotExist(), label.greaterThan(1), label.lessThan(2), label.atLeast(3), label.atMost(4),
  ].map(({ key, operator, values }) => [key, operator, ...values])).toEqual([
    ['In', '1'], ['NotIn', '1', '2'], ['Exists'], ['DoesNotExist'], ['Gt', '1'], ['Lt', '2'], ['Gte', '3'], ['Lte', '4'],
  ].map(rest => ['karpenter.k8s.aws/instance-memory', ...rest]));
});

test('requirements name the labels that Karpenter and Kubernetes know', () => {
  expect(pool({
    requirements: [
      NodeRequirement.capacityTypes(CapacityType.SPOT, CapacityType.ON_DEMAND),
      NodeRequirement.architectures(NodeArchitecture.ARM64),
      NodeRequirement.operatingSystems(NodeOperatingSystem.LINUX),
      NodeRequirement.zones('eu-west-1a'),
      NodeRequirement.instanceTypes('m8g.large'),
      NodeRequirement.instanceCategories('c', 'm', 'r').withMinValues(2),
      NodeRequirement.instanceFamilies('m8g'),
      NodeRequirement.instanceSizes('large'),
      NodeRequirement.instanceGenerationGreaterThan(5),
      NodeRequirement.of('example.com/rack', RequirementOperator.DOES_NOT_EXIST),
    ],
  }).spec.template.spec.requirements).toEqual([
    { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot', 'on-demand'] },
    { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] },
    { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
    { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['eu-west-1a'] },
    { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m8g.large'] },
    { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'], minValues: 2 },
    { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['m8g'] },
    { key: 'karpenter.k8s.aws/instance-size', operator: 'In', values: ['large'] },
    { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['5'] },
    { key: 'example.com/rack', operator: 'DoesNotExist', values: [] },
  ]);
});

test('a zone known only at deploy time passes', () => {
  const zone = Token.asString({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] });
  expect(NodeRequirement.zones(zone).values).toEqual([zone]);
});

test.each<[string, Partial<NodePoolProps>, string]>([
  ['a node class without a name', { nodeClassRef: { name: '' } }, '"nodeClassRef.name" is empty'],
  ['an API version as a group', { nodeClassRef: { name: 'a', group: 'karpenter.k8s.aws/v1' } }, 'give the API group without a version'],
  ["a label of Karpenter's own", { labels: { 'karpenter.sh/nodepool': 'x' } }, '"labels" has "karpenter.sh/nodepool": Karpenter keeps its domain to itself'],
  ['the host name as a label', { labels: { 'kubernetes.io/hostname': 'x' } }, '"labels" has "kubernetes.io/hostname"'],
  ['a misspelt well-known label', { labels: { 'karpenter.k8s.aws/instance-famly': 'x' } }, '"labels" has "karpenter.k8s.aws/instance-famly", which Karpenter does not know'],
  ['a label value that is none', { labels: { team: 'a b' } }, '"labels.team" is "a b"'],
  ['a taint key that is none', { taints: [{ key: 'a b', effect: NodeTaintEffect.NO_SCHEDULE }] }, '"taints.key" is "a b"'],
  ['a limit that is no quantity', { limits: { memory: '1TB' } }, '"limits.memory" is "1TB"'],
  ['a budget of 200%', { disruptionBudgets: [{ nodes: '200%' }] }, '"disruptionBudgets.nodes" is "200%"'],
  ['a schedule without a duration', { disruptionBudgets: [{ nodes: '1', schedule: '@daily' }] }, 'has a "schedule" without a "duration"'],
  ['a duration without a schedule', { disruptionBudgets: [{ nodes: '1', duration: Duration.hours(1) }] }, 'has a "duration" without a "schedule"'],
  ['a schedule that is no cron', { disruptionBudgets: [{ nodes: '1', schedule: 'daily', duration: Duration.hours(1) }] }, '"disruptionBudgets.schedule" is "daily"'],
  ['a budget for seconds', { disruptionBudgets: [{ nodes: '1', schedule: '@daily', duration: Duration.seconds(90) }] }, '"disruptionBudgets.duration" is 90 seconds: give whole minutes'],
  ['a schedule with a Sunday of 7', { disruptionBudgets: [{ nodes: '1', schedule: '0 9 * * 7', duration: Duration.hours(1) }] }, 'whose day of the week is "7": give "*", or numbers from 0 to 6 or sun to sat'],
  ['a schedule with 25 hours', { disruptionBudgets: [{ nodes: '1', schedule: '0 1-25/2 * * *', duration: Duration.hours(1) }] }, 'whose hour is "1-25/2"'],
  ['a reason given twice', { disruptionBudgets: [{ nodes: '1', reasons: [DisruptionReason.EMPTY, DisruptionReason.EMPTY] }] }, '"disruptionBudgets.reasons" has "Empty" more than once'],
  ['nodes that expire at once', { expireAfter: KarpenterDuration.of(Duration.seconds(0)) }, '"expireAfter" is 0 seconds'],
  ['a taint without a value given as one', { taints: [{ key: 'a', value: '', effect: NodeTaintEffect.NO_SCHEDULE }] }, '"taints.value" of "a" is empty: leave it out'],
  ['the same taint in both lists', {
    taints: [{ key: 'a', value: 'x', effect: NodeTaintEffect.NO_SCHEDULE }], startupTaints: [{ key: 'a', effect: NodeTaintEffect.NO_SCHEDULE }],
  }, '"startupTaints" has "a:NoSchedule", which "taints" has already'],
  ['a capacity type that there is not', { labels: { 'karpenter.sh/capacity-type': 'Spot' } }, '"labels" has "Spot" for "karpenter.sh/capacity-type": give one of "on-demand"'],
  ['a name longer than a label', { name: 'a'.repeat(64) }, '"name" is "'],
  ['two lists of values with nothing in common', { requirements: [NodeRequirement.zones('a', 'b'), NodeRequirement.zones('c')] },
    '"requirements" and "labels" leave no value of "topology.kubernetes.io/zone" (In "a" "b"; In "c"), so that no node could be launched'],
  ['a label that a requirement excludes', { labels: { team: 'a' }, requirements: [NodeLabel.of('team').noneOf('a')] }, 'leave no value of "team" (NotIn "a"; In "a")'],
  ['comparisons with nothing between them', { requirements: [NodeLabel.INSTANCE_CPU.greaterThan(4), NodeLabel.INSTANCE_CPU.lessThan(5)] }, 'leave no value of "karpenter.k8s.aws/instance-cpu" (Gt "4"; Lt "5")'],
  ['values outside of a comparison', { requirements: [NodeLabel.INSTANCE_CPU.oneOf('2'), NodeLabel.INSTANCE_CPU.atLeast(4)] }, 'leave no value'],
  ['a label that is there and is not', { requirements: [NodeLabel.of('x').exists(), NodeLabel.of('x').doesNotExist()] }, 'leave no value of "x" (Exists; DoesNotExist)'],
  ['fewer values left than wanted', { requirements: [NodeRequirement.zones('a', 'b').withMinValues(2), NodeLabel.ZONE.noneOf('b')] }, '"minValues" of requirement "topology.kubernetes.io/zone" is 2 but 1 values are left'],
  ['a weight of 0', { weight: 0 }, '"weight" is 0: give a whole number from 1 to 100'],
  ['a weight beside a fixed size', { weight: 1, replicas: 1 }, '"weight" is 1 but "replicas" is 1'],
  ['a CPU limit beside a fixed size', { limits: { cpu: '1' }, replicas: 1 }, '"limits" has "cpu" but "replicas" is 1'],
])('%s is refused', (_, props, message) => {
  expect(() => pool(props)).toThrow(message);
});

test.each<[string, () => NodeRequirement, string]>([
  ['no values', () => NodeRequirement.zones(), 'requirement "topology.kubernetes.io/zone In" has no values: give at least one'],
  ['a comparison with text', () => NodeRequirement.of('a', RequirementOperator.GREATER_THAN, ['b']), 'requirement "a Gt" has "b": give exactly one whole number'],
  ['a comparison with two numbers', () => NodeRequirement.of('a', RequirementOperator.LESS_THAN, ['1', '2']), 'requirement "a Lt" has "1", "2"'],
  ['values that nobody looks at', () => NodeRequirement.of('a', RequirementOperator.EXISTS, ['b']), 'requirement "a Exists" has "b": leave them out, this operator takes no values'],
  ['fewer values than wanted', () => NodeRequirement.zones('a').withMinValues(2), '"minValues" of requirement "topology.kubernetes.io/zone" is 2 but there are 1 values'],
  ['a floor of 51', () => NodeRequirement.zones('a').withMinValues(51), 'give a whole number from 1 to 50'],
  ['an architecture as EC2 calls it', () => NodeLabel.ARCHITECTURE.oneOf('x86_64'), '"requirements" has "x86_64" for "kubernetes.io/arch": give one of "amd64", "arm64"'],
  ['a comparison of names', () => NodeLabel.INSTANCE_FAMILY.greaterThan(5), 'compares numbers, but the values of this label are none'],
  ['a comparison with more than 64 bits', () => NodeLabel.of('a').lessThan(2 ** 64), 'requirement "a Lt" has "18446744073709552000"'],
  ["a domain of Karpenter's own as a name", () => NodeRequirement.of('my.karpenter.sh', RequirementOperator.EXISTS), 'Karpenter keeps its domain to itself'],
  ['the node class, which the API server lets pass and Karpenter does not', () => NodeRequirement.of('karpenter.k8s.aws/ec2nodeclass', RequirementOperator.EXISTS), 'which Karpenter does not know'],
  ["a label of Karpenter's own", () => NodeRequirement.of('karpenter.sh/registered', RequirementOperator.EXISTS), 'Karpenter keeps its domain to itself'],
])('a requirement with %s is refused', (_, requirement, message) => {
  expect(requirement).toThrow(message);
});
