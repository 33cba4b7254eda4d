import { App, Duration, Fn, Size, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { chart, complaints, layer, network } from './wrong-input';
import { AlbIngress, AlbIngressProps } from '../../src/charts/alb-ingress';
import { AmiFamily } from '../../src/charts/ami-family';
import { AutoModeNodeClass, AutoModeNodeClassProps } from '../../src/charts/auto-mode-node-class';
import { Ec2NodeClass, Ec2NodeClassProps } from '../../src/charts/ec2-node-class';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { checkNodeLabelKey, isUnknownToAutoMode } from '../../src/charts/karpenter-labels';
import { HealthCheckProtocol, LoadBalancerHealthCheck } from '../../src/charts/load-balancer-options';
import { NlbService, NlbServiceProps } from '../../src/charts/nlb-service';
import { NodeNetworkInterfaceType } from '../../src/charts/node-network-interface';
import { NodePool, NodePoolProps } from '../../src/charts/node-pool';
import { InstanceMatchCriteria } from '../../src/charts/selector-terms';
import {
  checkEndpointAccess, checkLayer, checkRemoteNetworks, checkServiceCidr, checkSubnets, checkVersion, isOpenToAll, today, warnAboutVersion,
} from '../../src/cluster/cluster-checks';
import { SupportType } from '../../src/cluster/platform-cluster-props';
import { NodeAmi } from '../../src/nodes/node-ami';
import { nodeRepairConfig, scalingConfig, updateConfig, warmPoolConfig } from '../../src/nodes/node-group-config';
import { NodeRepairAction } from '../../src/nodes/node-repair';
import { WarmPoolState } from '../../src/nodes/warm-pool';

const text = Token.asString({ Ref: 'Text' });
const number = Token.asNumber({ Ref: 'Number' });
const many = (count: number) => [...Array(count).keys()];
const tags = (count: number) => Object.fromEntries(many(count).map(i => [`t${i}`, '*']));

/** A prop, how it is written, and values on both sides of what it may be. */
interface Limit {
  readonly prop: string;
  readonly write: (value: any, stack: Stack) => unknown;
  readonly taken: unknown[];
  readonly refused: unknown[];
}

const limit = (prop: string, write: Limit['write'], taken: unknown[], refused: unknown[]): Limit => ({ prop, write, taken, refused });
const said = ({ prop, write }: Limit, value: unknown) => complaints({ prop, value, write: stack => write(value, stack), error: '' }).errors;

const rendered = (make: (into: ReturnType<typeof chart>) => unknown) => {
  const into = chart();
  make(into);
  return into.toJson();
};
const KARPENTER = { name: 'default' };
const AUTO_MODE = { name: 'default', group: 'eks.amazonaws.com', kind: 'NodeClass' };
const pool = (props: Partial<NodePoolProps>) => rendered(into => new NodePool(into, 'Pool', { nodeClassRef: KARPENTER, ...props }));
const SELECTED = { subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }], role: 'nodes' };
const nodeClass = (props: Partial<Ec2NodeClassProps>) =>
  rendered(into => new Ec2NodeClass(into, 'Class', { ...SELECTED, amiSelectorTerms: [{ alias: 'al2023@v20260714' }], ...props }));
const autoMode = (props: Partial<AutoModeNodeClassProps>) => rendered(into => new AutoModeNodeClass(into, 'Class', { ...SELECTED, ...props }));
const alb = (props: Partial<AlbIngressProps>) => rendered(into => new AlbIngress(into, 'Ingress', { rules: [{ serviceName: 'web' }], ...props }));
const nlb = (props: Partial<NlbServiceProps>) => rendered(into => new NlbService(into, 'Service', { selector: { app: 'web' }, ports: [{ port: 443 }], ...props }));

const { INTERFACE, EFA_ONLY } = NodeNetworkInterfaceType;
const nic = (networkCardIndex: number, deviceIndex: number, interfaceType = INTERFACE) => ({ networkCardIndex, deviceIndex, interfaceType });

const NODE_POOLS = [
  limit('name', name => pool({ name }), ['p', 'p'.repeat(63)], ['p'.repeat(64)]),
  limit('weight', weight => pool({ weight }), [1, 100], [0, 101, 1.5]),
  limit('replicas', replicas => pool({ replicas }), [0, 1000], [-1, 0.5]),
  limit('limits', limits => pool({ replicas: 1, limits }), [{}, { nodes: '3' }], [{ nodes: '3', cpu: '10' }, { memory: '1Gi', cpu: '10' }]),
  limit('labels', count => pool({ labels: Object.fromEntries(many(count).map(i => [`l${i}`, ''])) }), [100], [101]),
  limit('labels', labels => pool({ labels }),
    [{ 'karpenter.sh/capacity-type': 'spot' }, { 'kubernetes.io/arch': 'arm64' }, { 'kubernetes.io/arch': text }, { 'karpenter.k8s.aws/instance-family': 'm7i' },
      { 'karpenter.k8s.aws/instance-tenancy': 'dedicated' }, { 'eks.amazonaws.com/nodegroup': 'web' }, { 'kubernetes.io/os': 'windows' }, { [text]: 'x' }],
    [{ 'karpenter.sh/capacity-type': 'cheap' }, { 'karpenter.sh/other': 'x' }, { 'sub.karpenter.sh/capacity-type': 'spot' }, { 'karpenter.sh': 'x' },
      { 'karpenter.k8s.aws': 'x' }, { 'sub.karpenter.k8s.aws/instance-family': 'm7i' }, { 'karpenter.k8s.aws/instance-tenancy': 'shared' },
      { 'eks.amazonaws.com/compute-type': 'auto' }, { 'eks.amazonaws.com/instance-hypervisor': 'nitro' }]),
  limit('labels', labels => pool({ labels, nodeClassRef: AUTO_MODE }),
    [{ 'eks.amazonaws.com/instance-family': 'm7i' }, { 'eks.amazonaws.com/compute-type': 'auto' }, { team: 'shop' }, { [text]: 'x' }],
    [{ 'karpenter.k8s.aws/instance-family': 'm7i' }, { 'karpenter.k8s.aws/instance-tenancy': 'default' }, { 'kubernetes.io/os': 'linux' }, { 'node.kubernetes.io/windows-build': 'x' }]),
  limit('annotations', key => pool({ annotations: { [key]: 'My text' } }), ['note', 'example.com/note'], ['my note']),
  limit('nodeClassRef', nodeClassRef => pool({ nodeClassRef }), [KARPENTER, AUTO_MODE], [{ ...AUTO_MODE, name: '' }, { ...AUTO_MODE, group: '' }, { ...AUTO_MODE, kind: '' }, { ...AUTO_MODE, group: 'a/v1' }]),
  limit('expireAfter', expireAfter => pool({ expireAfter }), [KarpenterDuration.NEVER, KarpenterDuration.of(Duration.seconds(1))], [KarpenterDuration.of(Duration.seconds(0))]),
  limit('terminationGracePeriod', terminationGracePeriod => pool({ terminationGracePeriod }), [Duration.seconds(0), Duration.days(2)], [Duration.millis(1500)]),
];

const term = (prop: string, id: string, others: any[], wrong: any[]) => [
  limit(prop, count => nodeClass({ amiFamily: AmiFamily.CUSTOM, [prop]: many(count).map(i => ({ id: `${id}${i}` })) }), [1, 30], prop.startsWith('capacity') ? [31] : [0, 31]),
  limit(prop, one => nodeClass({ amiFamily: AmiFamily.CUSTOM, [prop]: [one] }),
    [{ id: `${id}0a1b` }, { id: text }, { tags: tags(1) }, { tags: tags(20) }, { tags: { team: text } }, { id: `${id}1`, tags: undefined }, ...others],
    [{}, { id: '' }, { id: 'x' }, { id }, { id: `x${id}1` }, { id: `${id}1!` }, { id: `${id}1`, tags: tags(1) }, { tags: {} }, { tags: tags(21) },
      { tags: { team: '' } }, { tags: { '': 'shop' } }, { tags: { a: '*', team: '' } }, ...wrong]),
];

const TERMS = [
  ...term('amiSelectorTerms', 'ami-', [{ name: 'nodes', owner: 'self' }, { ssmParameter: '/image' }, { tags: tags(1), name: 'nodes' }],
    [{ owner: 'self' }, { name: '' }, { ssmParameter: '' }, { id: 'ami-1', owner: 'self' }, { alias: 'al2023@latest', name: 'nodes' }]),
  ...term('subnetSelectorTerms', 'subnet-', [], []),
  ...term('securityGroupSelectorTerms', 'sg-', [{ name: 'nodes' }], [{ name: '' }, { name: 'nodes', tags: tags(1) }, { id: 'sg-1', name: 'nodes' }]),
  ...term('capacityReservationSelectorTerms', 'cr-',
    [{ instanceMatchCriteria: InstanceMatchCriteria.OPEN }, { ownerId: '012345678901', tags: tags(1) }, { ownerId: text, tags: tags(1) }],
    [{ ownerId: '012345678901' }, { ownerId: '01234567890', tags: tags(1) }, { ownerId: '0123456789012', tags: tags(1) }, { id: 'cr-1', ownerId: '012345678901' }]),
  limit('amiSelectorTerms', alias => nodeClass({ amiSelectorTerms: [{ alias }] }),
    ['al2@v1', 'al2023@latest', 'bottlerocket@v1.40.0', 'windows2019@latest', 'windows2022@latest', 'windows2025@latest', `al2023@${'v'.repeat(23)}`, text],
    ['', 'al2023', 'al2023@', '@latest', 'al2023@a@b', 'AL2023@latest', 'ubuntu@latest', ' al2023@latest', 'windows2025@v1', `al2023@${'v'.repeat(24)}`]),
  limit('amiSelectorTerms', terms => nodeClass({ amiSelectorTerms: terms }), [[{ alias: 'al2023@latest' }]], [[{ alias: 'al2023@latest' }, { alias: 'al2023@latest' }]]),
  limit('placementGroupSelector', placementGroupSelector => nodeClass({ placementGroupSelector }),
    [{ name: 'fast' }, { id: 'pg-1' }, { id: text }], [{}, { name: '' }, { id: 'fast' }, { id: 'pg-1', name: 'fast' }]),
];

const NODE_CLASSES = [
  limit('name', name => nodeClass({ name }), ['n', 'n'.repeat(63)], ['n'.repeat(64)]),
  limit('name', name => autoMode({ name }), ['n', 'n'.repeat(63), 'defaults'], ['n'.repeat(64), 'default', 'Default']),
  limit('amiFamily', props => nodeClass(props),
    [{ amiFamily: AmiFamily.AL2023 }, { amiFamily: AmiFamily.CUSTOM }, { amiSelectorTerms: [{ alias: text }] },
      { amiSelectorTerms: [{ alias: text }], amiFamily: AmiFamily.AL2 },
      { amiSelectorTerms: [{ alias: 'bottlerocket@latest' }], amiFamily: AmiFamily.BOTTLEROCKET }, { amiSelectorTerms: [{ id: 'ami-1' }], amiFamily: AmiFamily.AL2023 }],
    [{ amiFamily: AmiFamily.AL2 }, { amiSelectorTerms: [{ id: 'ami-1' }] }]),
  limit('rootVolumeSize', rootVolumeSize => nodeClass({ rootVolumeSize }), [Size.gibibytes(1), Size.gibibytes(59_000)], [Size.mebibytes(1500), Size.gibibytes(59_001)]),
  ...['rootVolumeSize', 'volumeKmsKeyId'].flatMap(prop => {
    const value = prop === 'rootVolumeSize' ? Size.gibibytes(50) : 'key';
    return limit(prop, props => nodeClass({ [prop]: value, ...props }), [{}, { amiFamily: AmiFamily.AL2023, amiSelectorTerms: [{ id: 'ami-1' }] }],
      [{ amiFamily: AmiFamily.CUSTOM }, { amiSelectorTerms: [{ alias: text }] }, { blockDeviceMappings: [{ deviceName: '/dev/xvda', volumeSize: Size.gibibytes(50) }] }]);
  }),
  limit('metadataOptions.httpPutResponseHopLimit', httpPutResponseHopLimit => nodeClass({ metadataOptions: { httpPutResponseHopLimit } }), [1, 64], [0, 65]),
  limit('ipPrefixCount', ipPrefixCount => nodeClass({ ipPrefixCount }), [0, 2 ** 31 - 1], [-1, 2 ** 31]),
  limit('userData', userData => nodeClass({ userData }), ['#'.repeat(16_384), text, `${text}${'#'.repeat(16_384)}`], ['#'.repeat(16_385), 'ä'.repeat(8193)]),
  limit('networkInterfaces', networkInterfaces => nodeClass({ networkInterfaces }),
    [undefined, [], [nic(0, 0)], [nic(1, 0), nic(0, 0)], [nic(0, 0), nic(0, 1)], [nic(0, 0), nic(1, 0, EFA_ONLY), nic(2, 0, EFA_ONLY)],
      [nic(0, 0), nic(1, 0, EFA_ONLY), nic(1, 1)], [nic(number, 0)], [nic(0, number)], [nic(number, 0), nic(1, 0)], many(150).map(i => nic(i, 0)),
      [nic(0, 0), nic(2 ** 31 - 1, 2 ** 31 - 1)]],
    [many(151).map(i => nic(i, 0)), [nic(0, 1)], [nic(1, 0)], [nic(0, 0, EFA_ONLY)], [nic(0, 0), nic(1, 1), nic(1, 1)],
      [nic(0, 0), nic(0, -1)], [nic(0, 0), nic(-1, 0)],
      [nic(0, 0), nic(1, 0, EFA_ONLY), nic(1, 1, EFA_ONLY)], [nic(0, 0), nic(2 ** 31, 0)], [nic(0, 0), nic(0, 2 ** 31)]]),
  ...Object.entries({ tcpEstablishedTimeout: [60, 432_000], udpStreamTimeout: [60, 180], udpTimeout: [30, 60] }).map(([field, [min, max]]) =>
    limit(`connectionTracking.${field}`, seconds => nodeClass({ connectionTracking: { [field]: Duration.seconds(seconds) } }), [min, max, number], [min - 1, max + 1])),
  limit('podSubnetSelectorTerms', podSubnetSelectorTerms => autoMode({ podSubnetSelectorTerms, podSecurityGroupSelectorTerms: [{ id: 'sg-2' }] }),
    [[{ id: 'subnet-2' }], [{ tags: tags(1) }]], [[], [{ id: 'sg-2' }], undefined]),
  limit('podSecurityGroupSelectorTerms', podSecurityGroupSelectorTerms => autoMode({ podSubnetSelectorTerms: [{ id: 'subnet-2' }], podSecurityGroupSelectorTerms }),
    [[{ id: 'sg-2' }], [{ name: 'pods' }]], [[], [{ id: 'subnet-2' }], undefined]),
  limit('subnetSelectorTerms', subnetSelectorTerms => autoMode({ subnetSelectorTerms }), [[{ id: 'subnet-2' }]], [[], [{ id: 'sg-2' }]]),
  limit('securityGroupSelectorTerms', securityGroupSelectorTerms => autoMode({ securityGroupSelectorTerms }), [[{ id: 'sg-2' }]], [[], [{ id: 'subnet-2' }]]),
  limit('capacityReservationSelectorTerms', terms => autoMode({ capacityReservationSelectorTerms: terms }), [undefined, [], [{ id: 'cr-1' }]], [[{ id: 'sg-2' }]]),
  limit('role', role => autoMode({ role }), ['nodes', text], ['arn:aws:iam::111122223333:role/nodes', undefined]),
  limit('tags', key => autoMode({ tags: { [key]: 'x' } }), ['team', text],
    ['eks:eks-cluster-name', 'karpenter.sh/provisioner-name', 'karpenter.sh/nodepool', 'karpenter.sh/nodeclaim', 'karpenter.sh/managed-by', 'eks.amazonaws.com/nodeclass', 'aws:x', '']),
  limit('tags', key => nodeClass({ tags: { [key]: 'x' } }), ['team', text],
    ['eks:eks-cluster-name', 'karpenter.sh/nodepool', 'karpenter.sh/nodeclaim', 'karpenter.k8s.aws/ec2nodeclass', 'aws:x', '']),
  limit('ephemeralStorage.size', size => autoMode({ ephemeralStorage: { size } }), [Size.gibibytes(1), Size.gibibytes(59_000)], [Size.mebibytes(1500), Size.gibibytes(59_001)]),
  limit('ephemeralStorage.iops', iops => autoMode({ ephemeralStorage: { iops } }), [3000, 16_000], [0, 2999, 16_001]),
  limit('ephemeralStorage.throughput', throughput => autoMode({ ephemeralStorage: { throughput } }), [125, 1000], [0, 124, 1001]),
  limit('certificateBundles.data', data => autoMode({ certificateBundles: [{ name: 'one', data: 'TUlJ' }, { name: 'two', data }] }),
    ['TUlJ', 'TU+/09==', 'TUlJ\nTUk=\n', text], ['', '=', 'TUlJ===', 'TU=lJ', '!TUlJ', 'TUlJ!', '-----BEGIN CERTIFICATE-----']),
];

const health = (check: LoadBalancerHealthCheck) =>
  [alb({ healthCheck: check }), nlb({ healthCheck: { protocol: HealthCheckProtocol.HTTP, ...check } })];
const both = (props: Partial<AlbIngressProps> & Partial<NlbServiceProps>) => [alb(props), nlb(props)];
const ALB = 'alb.ingress.kubernetes.io/';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
const under = (prefix: string, annotations: Record<string, string>) => Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${prefix}${name}`, value]));

const LOAD_BALANCERS = [
  limit('namespace', namespace => both({ namespace }), ['shop', 'n'.repeat(63), text], ['a.b', 'n'.repeat(64)]),
  limit('loadBalancerName', loadBalancerName => both({ loadBalancerName }), ['w', 'W-1', 'w'.repeat(32), 'internal', text],
    ['', '-w', 'w-', 'w_w', 'w'.repeat(33), 'internal-web']),
  limit('certificateArns', arn => both({ certificateArns: [arn] }), [CERTIFICATE, 'arn:aws-cn:acm:::x', text],
    ['x', 'arn:aws:acm:eu-west-1:111122223333:', 'arn::acm:::x', 'arn:aws::::x', `x${CERTIFICATE}`]),
  limit('inboundPrefixLists', id => both({ inboundPrefixLists: [id] }), ['pl-0a1b', text], ['pl-', 'xpl-1', 'pl-1!', 'pl_1']),
  limit('inbound', props => both(props), [{ inboundCidrs: ['203.0.113.0/24'], inboundPrefixLists: ['pl-1'] }, { inboundCidrs: [], securityGroups: ['sg-1'] }],
    [{ inboundCidrs: ['203.0.113.0/24'], securityGroups: ['sg-1'] }, { inboundPrefixLists: ['pl-1'], securityGroups: ['sg-1'] }]),
  limit('manageBackendSecurityGroupRules', securityGroups => both({ manageBackendSecurityGroupRules: false, securityGroups }), [['sg-1']], [undefined]),
  ...['subnets', 'securityGroups', 'certificateArns'].map(prop => limit(prop, value => nlb({ [prop]: value }), [undefined, [CERTIFICATE]], [[]])),
  limit('deregistrationDelay', seconds => both({ deregistrationDelay: Duration.seconds(seconds) }), [0, 3600, number], [3601, 7200]),
  limit('annotations', key => both({ annotations: { [key]: 'My text' } }), ['note', 'example.com/note'], ['my note']),
  limit('healthCheck.path', path => health({ path }), ['/', '/healthz', text], ['', 'healthz']),
  limit('healthCheck.port', port => health({ port }), [1, 65_535], [0, 65_536]),
  limit('healthCheck.healthyThresholdCount', healthyThresholdCount => health({ healthyThresholdCount }), [2, 10], [1, 11]),
  limit('healthCheck.unhealthyThresholdCount', unhealthyThresholdCount => health({ unhealthyThresholdCount }), [2, 10], [0, 1, 11]),
  limit('healthCheck.interval', seconds => health({ interval: Duration.seconds(seconds), timeout: Duration.seconds(2) }), [5, 300, number], [4, 301]),
  limit('healthCheck.timeout', seconds => health({ interval: Duration.seconds(300), timeout: Duration.seconds(seconds) }), [2, 120, number], [1, 121]),
  limit('healthCheck.timeout', seconds => alb({ healthCheck: { interval: Duration.seconds(20), timeout: Duration.seconds(seconds) } }), [19], [20, 21]),
  limit('healthCheck.timeout', seconds => nlb({ healthCheck: { interval: Duration.seconds(20), timeout: Duration.seconds(seconds) } }), [19, 20], [21]),
  limit('healthCheck', healthCheck => nlb({ healthCheck }), [{ protocol: HealthCheckProtocol.HTTPS, path: '/', successCodes: '200' }],
    [{ path: '/' }, { successCodes: '200' }, { protocol: HealthCheckProtocol.TCP, path: '/' }]),
  limit('annotations', annotations => alb({ annotations: under(ALB, annotations) }),
    [{ 'listen-ports': '[{"HTTPS": 443}]', 'ssl-policy': 'x' }, { 'listen-ports': '[{"HTTP": 80}]' }, { 'listen-ports': text, 'ssl-policy': 'x' }, { 'group.name': 'shop', 'certificate-arn': CERTIFICATE },
      { 'actions.a': '{}', 'conditions.a': '[]', 'transforms.a': '[]', 'auth-idp-cognito': '{}' }, { 'actions.a': text }, { scheme: 'internal' }, { scheme: text },
      { 'target-type': 'instance' }, { 'target-type': 'ip' }, { 'security-groups': 'sg-1' }, { 'listen-portsx': 'x', 'myactions.a': 'x', 'load-balancer-attributes': 'a=b' }],
    [{ 'listen-ports': 'x' }, { 'actions.a': '{' }, { 'conditions.a': 'x' }, { 'transforms.a': 'x' }, { 'auth-idp-oidc': 'x' }, { scheme: 'public' }, { 'target-type': 'pod' },
      { 'certificate-arn': CERTIFICATE }, { 'ssl-policy': 'x' }, { 'ssl-redirect': '443' }, { 'listen-ports': '[{"HTTP": 80}]', 'ssl-redirect': '443' },
      { 'security-groups': 'sg-1', 'inbound-cidrs': '203.0.113.0/24' }, { 'security-groups': 'sg-1', 'security-group-prefix-lists': 'pl-1' }]),
  limit('annotations', annotations => alb({ certificateArns: [CERTIFICATE], inboundCidrs: ['203.0.113.0/24'], annotations: under(ALB, annotations) }),
    [{ 'ssl-policy': 'x' }, { 'security-group-prefix-lists': 'pl-1' }, { 'inbound-cidrs': '203.0.113.0/25' }], [{ 'listen-ports': '[{"HTTP": 80}]' }, { 'security-groups': 'sg-1' }]),
  limit('annotations', annotations => nlb({ annotations: under(NLB, annotations) }),
    [{ 'ssl-cert': CERTIFICATE, 'ssl-ports': '443', 'ssl-negotiation-policy': 'x', 'alpn-policy': 'None' }, { 'nlb-target-type': 'instance' }, { 'nlb-target-type': 'ip' },
      { scheme: 'internal' }, { scheme: 'internet-facing' }, { scheme: text }, { 'security-groups': 'sg-1' }, { 'eip-allocations': 'eipalloc-1' }],
    [{ 'ssl-ports': '443' }, { 'ssl-negotiation-policy': 'x' }, { 'alpn-policy': 'None' }, { 'nlb-target-type': 'pod' }, { scheme: 'public' },
      { 'security-groups': 'sg-1', 'security-group-prefix-lists': 'pl-1' }, { 'eip-allocations': 'eipalloc-1', 'private-ipv4-addresses': '10.0.0.1' }]),
];

const wait = (minRepairWaitTime: Duration) => ({ nodeMonitoringCondition: 'Ready', nodeUnhealthyReason: 'Down', minRepairWaitTime, repairAction: NodeRepairAction.REBOOT });
const { AL2023_X86_64_STANDARD: STANDARD, BOTTLEROCKET_X86_64: BOTTLEROCKET } = NodeAmi;

const NODE_GROUPS = [
  limit('minSize', minSize => scalingConfig({ minSize }), [0, 1, number], [-1, 0.5]),
  limit('maxSize', maxSize => scalingConfig({ minSize: 1, maxSize }), [1, 10, number], [0]),
  limit('maxSize', maxSize => scalingConfig({ minSize: 3, maxSize }), [3], [2]),
  limit('maxSize', maxSize => scalingConfig({ minSize: 0, desiredSize: 3, maxSize }), [3], [2]),
  limit('desiredSize', desiredSize => scalingConfig({ minSize: 2, desiredSize }), [2, 3, number], [1]),
  limit('desiredSize', autoscaled => scalingConfig({ desiredSize: 2, autoscaled }), [undefined, false], [true]),
  limit('maxUnavailable', maxUnavailable => updateConfig({ maxUnavailable }), [1, 100, number], [0, 101]),
  limit('maxUnavailablePercentage', maxUnavailablePercentage => updateConfig({ maxUnavailablePercentage }), [1, 100, number], [0, 101]),
  limit('maxUnavailable', update => updateConfig(update), [{ maxUnavailable: 1 }], [{ maxUnavailable: 1, maxUnavailablePercentage: 1 }]),
  ...['maxUnhealthyNodeThreshold', 'maxParallelNodesRepaired'].flatMap(prop => [
    limit(`${prop}Count`, count => nodeRepairConfig({ [`${prop}Count`]: count }), [1, 101], [0]),
    limit(`${prop}Percentage`, percent => nodeRepairConfig({ [`${prop}Percentage`]: percent }), [1, 100], [0, 101]),
    limit(`${prop}Count`, percent => nodeRepairConfig({ [`${prop}Count`]: 1, [`${prop}Percentage`]: percent }), [undefined], [1]),
  ]),
  limit('nodeRepair.overrides[1].minRepairWaitTime', given => nodeRepairConfig({ overrides: [wait(Duration.minutes(1)), wait(given)] }),
    [Duration.minutes(1), Duration.hours(1)], [Duration.seconds(59), Duration.minutes(0)]),
  limit('warmPool.minSize', minSize => warmPoolConfig(STANDARD, { minSize }), [0, 5], [-1]),
  limit('warmPool.maxGroupPreparedCapacity', maxGroupPreparedCapacity => warmPoolConfig(STANDARD, { maxGroupPreparedCapacity }), [1, 5], [0]),
  limit('warmPool.maxGroupPreparedCapacity', maxGroupPreparedCapacity => warmPoolConfig(STANDARD, { minSize: 3, maxGroupPreparedCapacity }), [3], [2]),
  limit('warmPool', capacityType => warmPoolConfig(STANDARD, {}, capacityType), [undefined, eks.CapacityType.ON_DEMAND], [eks.CapacityType.SPOT]),
  limit('warmPool', ami => warmPoolConfig(ami, { poolState: WarmPoolState.HIBERNATED, reuseOnScaleIn: true }), [STANDARD], [BOTTLEROCKET, NodeAmi.customAl2023('ami-0123456789abcdef0')]),
  limit('warmPool', given => warmPoolConfig(BOTTLEROCKET, given),
    [undefined, { enabled: false, reuseOnScaleIn: true }, { poolState: WarmPoolState.STOPPED, reuseOnScaleIn: false }],
    [{ poolState: WarmPoolState.HIBERNATED }, { reuseOnScaleIn: true }]),
];

const { PUBLIC, PUBLIC_AND_PRIVATE, PRIVATE } = eks.EndpointAccess;
const OFFICE = '203.0.113.0/24';
const from = (...cidrs: string[]) => PUBLIC_AND_PRIVATE.onlyFrom(...cidrs);
const described = (description: string) => ({ node: { defaultChild: { description } } }) as any;
const kubectl = (version: string, cluster: string) => checkLayer(described(`/opt/kubectl/kubectl ${version}; /opt/helm/helm 4.2.3`), cluster);
const remote = (...cidrs: string[]) => [{ cidrs }];
const subnets = (stack: Stack, availabilityZones: string[], count = availabilityZones.length) => {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones, privateSubnetIds: many(count).map(i => `subnet-${i}`) });
  checkSubnets(stack, vpc, [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }]);
};
const ids = (stack: Stack, ...zones: (string | undefined)[]) => {
  const found = zones.map((availabilityZone, i) => ec2.Subnet.fromSubnetAttributes(stack, `S${i}`, { subnetId: `subnet-${i}`, availabilityZone }));
  checkSubnets(stack, network(stack), [{ subnets: found }]);
};
const secondary = (stack: Stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc', { ipAddresses: ec2.IpAddresses.cidr('10.1.0.0/16'), natGateways: 0, maxAzs: 1 });
  new ec2.CfnVPCCidrBlock(vpc, 'More', { vpcId: vpc.vpcId, cidrBlock: '100.64.0.0/16' });
  new ec2.CfnVPCCidrBlock(vpc, 'Given', { vpcId: vpc.vpcId, cidrBlock: text });
  return vpc;
};
const unsaid = (stack: Stack) => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });

const CLUSTERS = [
  limit('version', version => checkVersion(version), ['1.31', '1.37', '1.99', text], ['1.30', '1.9', '1', '2.31', '1.36.4', 'v1.36', '1.x', '']),
  limit('kubectlLayer', version => kubectl(version, '1.34'), ['1.33.0', '1.34.1', '1.37.9'], ['1.32.9', '1.38.0']),
  limit('kubectlLayer', given => checkLayer(given, '1.31'), [undefined, described(text), described('any'), described('kubectl 1.99')], [described('x/kubectl 1.36.4')]),
  limit('kubectlLayer', version => kubectl('1.36.1', version), [text, '1.36'], ['1.32']),
  limit('kubectlLayer', (version, stack) => checkLayer(layer(stack), version), ['1.31', '1.99'], []),
  limit('endpointAccess', endpointAccess => checkEndpointAccess({ endpointAccess } as any),
    [undefined, PRIVATE, from(OFFICE), from(text), from('0.0.0.0/0'), from('9.255.255.0/24', '172.32.0.0/16', '192.169.0.0/16'), from(...many(40).map(i => `203.0.113.${i}/32`))],
    [PUBLIC, PUBLIC_AND_PRIVATE, from('::/0'), from(OFFICE, '10.1.0.0/16'), from('172.31.255.0/24'), from('192.168.0.0/24'), from('203.0.113.7'), from(...many(41).map(i => `203.0.113.${i}/32`))]),
  limit('endpointAccess', endpointAccess => checkEndpointAccess({ endpointAccess, ipFamily: eks.IpFamily.IP_V6 } as any), [from('2001:db8::/32')], [from('2001:db8::1')]),
  limit('serviceIpv4Cidr', (serviceIpv4Cidr, stack) => checkServiceCidr({ serviceIpv4Cidr } as any, network(stack)),
    [undefined, '172.16.0.0/12', '172.20.0.0/24', '192.168.0.0/16', '10.16.0.0/12', '10.1.0.0/16', text],
    ['10.32.0.0/11', '172.20.0.0/25', '10.0.255.0/24', '10.0.0.0/12', '100.64.0.0/16', '172.32.0.0/16', '203.0.113.0/24', '172.20.0.1/16']),
  limit('serviceIpv4Cidr', ipFamily => checkServiceCidr({ serviceIpv4Cidr: text, ipFamily } as any, undefined as any), [undefined, eks.IpFamily.IP_V4], [eks.IpFamily.IP_V6]),
  limit('serviceIpv4Cidr', (more, stack) => checkServiceCidr({ serviceIpv4Cidr: '192.168.1.0/24', ...more } as any, network(stack)),
    [{ remoteNodeNetworks: remote('192.168.2.0/24', text) }, { remotePodNetworks: remote('172.16.0.0/16') }],
    [{ remoteNodeNetworks: remote('192.168.2.0/24', '192.168.0.0/23') }, { remotePodNetworks: remote('192.168.1.128/25') }]),
  limit('serviceIpv4Cidr', (serviceIpv4Cidr, stack) => checkServiceCidr({ serviceIpv4Cidr } as any, secondary(stack)), ['10.2.0.0/16'], ['10.1.0.0/24']),
  limit('serviceIpv4Cidr', (serviceIpv4Cidr, stack) => checkServiceCidr({ serviceIpv4Cidr } as any, unsaid(stack)), ['10.2.0.0/16'], ['100.64.0.0/16']),
  limit('remoteNodeNetworks', (cidr, stack) => checkRemoteNetworks({ remoteNodeNetworks: remote('192.168.0.0/24', cidr) } as any, network(stack)),
    ['192.168.1.0/24', '100.64.0.0/10', '172.16.0.0/12', '10.1.0.0/16', text],
    ['192.168.0.0/25', '100.128.0.0/16', '172.32.0.0/16', '10.0.0.0/16', '10.0.0.0/8', '203.0.113.0/24', '192.168.1.1/24']),
  limit('remoteNodeNetworks', (cidr, stack) => checkRemoteNetworks({ remoteNodeNetworks: remote(cidr) } as any, secondary(stack)), ['100.65.0.0/16', '10.0.0.0/16'], ['100.64.1.0/24', '10.1.1.0/24']),
  limit('remotePodNetworks', (remotePodNetworks, stack) => checkRemoteNetworks({ remoteNodeNetworks: remote('192.168.0.0/24'), remotePodNetworks } as any, network(stack)),
    [undefined, remote('192.168.1.0/24')], [remote('192.168.0.0/25'), remote('203.0.113.0/24')]),
  limit('remotePodNetworks', (remoteNodeNetworks, stack) => checkRemoteNetworks({ remoteNodeNetworks, remotePodNetworks: remote('192.168.1.0/24') } as any, network(stack)),
    [remote('192.168.0.0/24')], [undefined, []]),
  limit('vpcSubnets', (zones, stack) => subnets(stack, zones), [['a', 'b'], ['a', 'b', 'c'], [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())]], [['a'], [Fn.select(0, Fn.getAzs())]]),
  limit('vpcSubnets', (privateSubnetIds, stack) => checkSubnets(stack, ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds }), [{}]),
    [Token.asList({ Ref: 'Subnets' })], [['subnet-1']]),
  limit('vpcSubnets', (zones, stack) => ids(stack, ...zones), [['a', 'b', 'a'], ['a', undefined], [undefined, undefined], ['a', 'a', undefined]], [[], ['a'], [undefined], ['a', 'a']]),
];

describe.each(Object.entries({ NODE_POOLS, TERMS, NODE_CLASSES, LOAD_BALANCERS, NODE_GROUPS, CLUSTERS }))('limits of %s', (_, limits) => {
  test.each(limits.map(one => [one.prop, one] as const))('%s', (prop, one) => {
    expect(one.taken.flatMap(value => said(one, value).map(error => [value, error]))).toEqual([]);
    for (const value of one.refused) {
      expect([value, said(one, value)]).toEqual([value, [expect.stringContaining(`"${prop}`)]]);
    }
  });
});

test('a message names the one that was given', () => {
  expect(() => autoMode({ podSecurityGroupSelectorTerms: [{ id: 'sg-2' }] })).toThrow('"podSecurityGroupSelectorTerms" is given without "podSubnetSelectorTerms"');
  expect(() => alb({ securityGroups: ['sg-1'], annotations: { [`${ALB}inbound-cidrs`]: '203.0.113.0/24' } }))
    .toThrow(`"annotations" has "${ALB}inbound-cidrs" beside "${ALB}security-groups"`);
});

test('the key of a label has at most 316 characters, a character less than Kubernetes allows', () => {
  const key = (length: number) => `${'a'.repeat(length - 64)}/${'b'.repeat(63)}`;
  expect(checkNodeLabelKey('labels', key(316))).toBe(key(316));
  expect(() => checkNodeLabelKey('labels', key(317))).toThrow('of 317 characters: give at most 316');
});

test('EKS Auto Mode has some of the labels of its domain', () => {
  expect(['instance-tenancy', 'capacity-reservation-id', 'other'].map(name => isUnknownToAutoMode(`eks.amazonaws.com/${name}`))).toEqual([true, true, true]);
  expect(['eks.amazonaws.com/instance-family', 'eks.amazonaws.com/compute-type', 'karpenter.k8s.aws/other', 'team'].map(isUnknownToAutoMode)).toEqual([false, false, false, false]);
});

test('an endpoint is open to all where one of its blocks has every address', () => {
  expect([from('0.0.0.0/0'), from(OFFICE, '::/0')].map(isOpenToAll)).toEqual([true, true]);
  expect([undefined, PRIVATE, from(OFFICE), from(text)].map(isOpenToAll)).toEqual([false, false, false, false]);
});

test('a day is written as in the calendar', () => {
  expect(today()).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test.each<[string, string, SupportType, string | undefined]>([
  ['1.34', '2026-12-02', SupportType.STANDARD, undefined],
  ['1.34', '2026-12-03', SupportType.STANDARD, 'left standard support on 2026-12-02: EKS upgrades such clusters by itself. Give a newer "version", or pay for more time with "supportType: SupportType.EXTENDED"'],
  ['1.34', '2027-12-02', SupportType.EXTENDED, 'left standard support on 2026-12-02: it costs more, until 2027-12-02. Give a newer "version"'],
  ['1.34', '2027-12-03', SupportType.EXTENDED, 'left all support on 2027-12-02: EKS refuses new clusters with it and upgrades old ones by itself. Give a newer "version"'],
  ['1.37', '2099-01-01', SupportType.STANDARD, undefined],
  ['1.99', '2026-12-02', SupportType.STANDARD, 'is newer than what was known on 2026-11-20: add-ons may not support it yet'],
  [text, '2099-01-01', SupportType.STANDARD, undefined],
])('Kubernetes %s on %s with support %s warns: %s', (version, day, supportType, warning) => {
  const stack = new Stack(new App(), 'Stack');
  warnAboutVersion(stack, version, supportType, day);
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data).replace(/ \[ack: .*/, ''));
  expect(warnings).toEqual(warning === undefined ? [] : [`Kubernetes ${version} ${warning}`]);
});

test('sizes that are not given follow from the others', () => {
  expect(scalingConfig({})).toEqual({ minSize: 2, desiredSize: 2, maxSize: 2 });
  expect(scalingConfig({ minSize: 0 })).toEqual({ minSize: 0, desiredSize: 0, maxSize: 1 });
  expect(scalingConfig({ minSize: 1, desiredSize: 4 })).toEqual({ minSize: 1, desiredSize: 4, maxSize: 4 });
  expect(scalingConfig({ minSize: 3, autoscaled: true })).toEqual({ minSize: 3, desiredSize: undefined, maxSize: 3 });
});

test('updates, repair and warm pools come as CloudFormation has them', () => {
  expect([updateConfig({}), warmPoolConfig(STANDARD)]).toEqual([undefined, undefined]);
  expect(updateConfig({ updateStrategy: 'MINIMAL' })).toEqual({ updateStrategy: 'MINIMAL' });
  expect(updateConfig({ maxUnavailablePercentage: 10 })).toEqual({ maxUnavailablePercentage: 10 });
  expect([nodeRepairConfig(), nodeRepairConfig({ enabled: false })]).toEqual([{ enabled: true }, { enabled: false }]);
  const overrides = [wait(Duration.hours(1))];
  expect(nodeRepairConfig({ maxUnhealthyNodeThresholdPercentage: 20, maxParallelNodesRepairedCount: 2, overrides })).toEqual({
    enabled: true,
    maxUnhealthyNodeThresholdPercentage: 20,
    maxParallelNodesRepairedCount: 2,
    nodeRepairConfigOverrides: [{ nodeMonitoringCondition: 'Ready', nodeUnhealthyReason: 'Down', minRepairWaitTimeMins: 60, repairAction: 'Reboot' }],
  });
  expect(warmPoolConfig(STANDARD, { enabled: false, minSize: 1 })).toEqual({ enabled: false });
  expect(warmPoolConfig(STANDARD, { minSize: 1, maxGroupPreparedCapacity: 2, poolState: WarmPoolState.RUNNING, reuseOnScaleIn: true }))
    .toEqual({ enabled: true, minSize: 1, maxGroupPreparedCapacity: 2, poolState: 'RUNNING', reuseOnScaleIn: true });
});
