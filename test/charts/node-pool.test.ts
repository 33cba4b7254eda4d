import { Duration, Token } from 'aws-cdk-lib';
import { only, render } from './render';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { ConsolidationPolicy, DisruptionReason, NodePool, NodePoolProps } from '../../src/charts/node-pool';
import { CapacityType, NodeArchitecture, NodeOperatingSystem, NodeRequirement, RequirementOperator } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';

const REF = { name: 'default' };

function pool(props: Partial<NodePoolProps> = {}): any {
  return only(render(chart => new NodePool(chart, 'Pool', { name: 'general', nodeClassRef: REF, ...props })), 'NodePool');
}

test('a node class is enough', () => {
  expect(pool()).toEqual({
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'general' },
    spec: { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [] } } },
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
  expect(pool({ consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY }).spec.disruption).toEqual({ consolidationPolicy: 'WhenEmpty', consolidateAfter: '0s' });
});

test('a pool of a fixed size takes a limit of nodes', () => {
  expect(pool({ replicas: 3, limits: { nodes: '5' } }).spec).toMatchObject({ replicas: 3, limits: { nodes: '5' } });
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
  ['values that nobody looks at', () => NodeRequirement.of('a', RequirementOperator.EXISTS, ['b']), 'requirement "a Exists" has "b": this operator takes no values'],
  ['fewer values than wanted', () => NodeRequirement.zones('a').withMinValues(2), '"minValues" of requirement "topology.kubernetes.io/zone" is 2 but there are 1 values'],
  ['a floor of 51', () => NodeRequirement.zones('a').withMinValues(51), 'give a whole number from 1 to 50'],
  ["a label of Karpenter's own", () => NodeRequirement.of('karpenter.sh/registered', RequirementOperator.EXISTS), 'Karpenter keeps its domain to itself'],
])('a requirement with %s is refused', (_, requirement, message) => {
  expect(requirement).toThrow(message);
});
