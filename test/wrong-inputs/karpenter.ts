import { Duration, Size } from 'aws-cdk-lib';
import { chart, wrong } from './wrong-input';
import { AmiAlias } from '../../src/charts/ami-alias';
import { AmiFamily } from '../../src/charts/ami-family';
import { AutoModeNodeClass, AutoModeNodeClassProps } from '../../src/charts/auto-mode-node-class';
import { EbsVolumeType } from '../../src/charts/block-device-mapping';
import { Ec2NodeClass, Ec2NodeClassProps } from '../../src/charts/ec2-node-class';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { KubeletConfiguration } from '../../src/charts/kubelet-configuration';
import { DisruptionBudget, DisruptionReason } from '../../src/charts/node-disruption';
import { NodeNetworkInterfaceType } from '../../src/charts/node-network-interface';
import { NodePool, NodePoolProps } from '../../src/charts/node-pool';
import { NodeRequirement, RequirementOperator } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';
import { AmiSelectorTerm, CapacityReservationSelectorTerm, SecurityGroupSelectorTerm, SubnetSelectorTerm } from '../../src/charts/selector-terms';
import { KarpenterMigration } from '../../src/karpenter-migration/karpenter-migration';

const { IN, EXISTS, GREATER_THAN } = RequirementOperator;
const { NO_SCHEDULE } = NodeTaintEffect;
const many = (count: number) => [...Array(count).keys()];

/** As long as Kubernetes allows: a character more than Karpenter does. */
const LONG = `${['example.com', ...['a', 'b', 'c'].map(letter => letter.repeat(60)), 'd'.repeat(58)].join('.')}/${'e'.repeat(63)}`;

/** A pool, as it is rendered. */
const pool = (props: Partial<NodePoolProps>) => {
  const into = chart();
  new NodePool(into, 'Pool', { nodeClassRef: { name: 'default' }, ...props });
  return into.toJson();
};
const budget = (...disruptionBudgets: DisruptionBudget[]) => pool({ disruptionBudgets });
const requirement = (key: string, operator = IN, values = ['x']) => pool({ requirements: [NodeRequirement.of(key, operator, values)] });

/** NodePools. */
export const NODE_POOLS = [
  wrong('name', 'General', (_, name) => pool({ name }),
    '"name" is "General": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('name', 'p'.repeat(64), (_, name) => pool({ name }),
    '"name" is "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('nodeClassRef.name', '', (_, name) => pool({ nodeClassRef: { name } }),
    '"nodeClassRef.name" is empty: give the name of the node class'),
  wrong('nodeClassRef.name', 'My nodes', (_, name) => pool({ nodeClassRef: { name } }),
    '"nodeClassRef.name" is "My nodes": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters'),
  wrong('nodeClassRef.group', 'karpenter.k8s.aws/v1', (_, group) => pool({ nodeClassRef: { name: 'default', group } }),
    '"nodeClassRef.group" is "karpenter.k8s.aws/v1": give the API group without a version, such as "karpenter.k8s.aws"'),

  // labels, annotations, taints
  wrong('labels', 'my team', (_, key) => pool({ labels: { [key]: 'shop' } }),
    '"labels" is "my team": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('labels.team', 'Shop & Co', (_, team) => pool({ labels: { team } }),
    '"labels.team" is "Shop & Co": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('labels', 101, () => pool({ labels: Object.fromEntries(many(101).map(i => [`l${i}`, ''])) }),
    '"labels" has 101 entries: give at most 100'),
  wrong('labels', 'kubernetes.io/hostname', (_, key) => pool({ labels: { [key]: 'node-1' } }),
    '"labels" has "kubernetes.io/hostname", a different one on every node: remove it'),
  wrong('labels', 'karpenter.sh/nodepool', (_, key) => pool({ labels: { [key]: 'general' } }),
    '"labels" has "karpenter.sh/nodepool": Karpenter keeps its domain to itself, "karpenter.sh/capacity-type" aside; give a label of a domain of yours'),
  wrong('labels', 'karpenter.k8s.aws/instance-famly', (_, key) => pool({ labels: { [key]: 'm7i' } }),
    '"labels" has "karpenter.k8s.aws/instance-famly", which Karpenter does not know: give one of karpenter.k8s.aws/capacity-reservation-id, karpenter.k8s.aws/capacity-reservation-interruptible, karpenter.k8s.aws/capacity-reservation-type, karpenter.k8s.aws/instance-accelerator-count, karpenter.k8s.aws/instance-accelerator-manufacturer, karpenter.k8s.aws/instance-accelerator-name, karpenter.k8s.aws/instance-capability-flex, karpenter.k8s.aws/instance-category, karpenter.k8s.aws/instance-cpu, karpenter.k8s.aws/instance-cpu-manufacturer, karpenter.k8s.aws/instance-cpu-sustained-clock-speed-mhz, karpenter.k8s.aws/instance-ebs-bandwidth, karpenter.k8s.aws/instance-encryption-in-transit-supported, karpenter.k8s.aws/instance-family, karpenter.k8s.aws/instance-generation, karpenter.k8s.aws/instance-gpu-count, karpenter.k8s.aws/instance-gpu-manufacturer, karpenter.k8s.aws/instance-gpu-memory, karpenter.k8s.aws/instance-gpu-name, karpenter.k8s.aws/instance-hypervisor, karpenter.k8s.aws/instance-local-nvme, karpenter.k8s.aws/instance-memory, karpenter.k8s.aws/instance-network-bandwidth, karpenter.k8s.aws/instance-size, karpenter.k8s.aws/instance-tenancy, karpenter.k8s.aws/placement-group-id, karpenter.k8s.aws/placement-group-partition, or a label of a domain of yours'),
  wrong('labels', 'riscv', (_, architecture) => pool({ labels: { 'kubernetes.io/arch': architecture } }),
    '"labels" has "riscv" for "kubernetes.io/arch": give one of "amd64", "arm64"'),
  wrong('labels', 'karpenter.k8s.aws/instance-family', (_, key) =>
    pool({ nodeClassRef: { name: 'default', group: 'eks.amazonaws.com', kind: 'NodeClass' }, labels: { [key]: 'm7i' } }), '"labels" has "karpenter.k8s.aws/instance-family" of Karpenter\'s own node class, but the pool is one of EKS Auto Mode: give "eks.amazonaws.com/instance-family"'),
  wrong('labels', 'kubernetes.io/os', (_, key) =>
    pool({ nodeClassRef: { name: 'default', group: 'eks.amazonaws.com', kind: 'NodeClass' }, labels: { [key]: 'linux' } }), '"labels" has "kubernetes.io/os", but EKS Auto Mode has nodes of Linux only: remove it'),
  wrong('labels', 'eks.amazonaws.com/instance-family', (_, key) => pool({ labels: { [key]: 'm7i' } }),
    '"labels" has "eks.amazonaws.com/instance-family" of EKS Auto Mode, but the pool\'s node class is of "karpenter.k8s.aws": give "karpenter.k8s.aws/instance-family"'),
  wrong('annotations', 'my note', (_, key) => pool({ annotations: { [key]: 'x' } }),
    '"annotations" is "my note": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('taints.key', 'my gpu', (_, key) => pool({ taints: [{ key, effect: NO_SCHEDULE }] }),
    '"taints.key" is "my gpu": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('taints.value', '', (_, value) => pool({ taints: [{ key: 'gpu', value, effect: NO_SCHEDULE }] }),
    '"taints.value" of "gpu" is empty: leave it out for a taint without a value'),
  wrong('startupTaints.value', 'a,b', (_, value) => pool({ startupTaints: [{ key: 'gpu', value, effect: NO_SCHEDULE }] }),
    '"startupTaints.value" is "a,b": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('startupTaints', 'gpu', (_, key) => pool({ taints: [{ key, effect: NO_SCHEDULE }], startupTaints: [{ key, effect: NO_SCHEDULE }] }),
    '"startupTaints" has "gpu:NoSchedule", which "taints" has already: give every key and effect once in both'),

  // requirements
  wrong('requirements', 'node.example.com/', (_, key) => requirement(key),
    '"requirements" is "node.example.com/": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('requirements', LONG, (_, key) => requirement(key), `"requirements" has "${LONG}" of 317 characters: give at most 316`),
  wrong('requirements.team', 'Shop & Co', (_, value) => requirement('team', IN, [value]),
    '"requirements.team" is "Shop & Co": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('team In', undefined, () => requirement('team', IN, []), 'requirement "team In" has no values: give at least one'),
  wrong('team Exists', 'shop', (_, value) => requirement('team', EXISTS, [value]),
    'requirement "team Exists" has "shop": leave them out, this operator takes no values', 'it is given at all'),
  wrong('team Gt', 'shop', (_, value) => requirement('team', GREATER_THAN, [value]),
    'requirement "team Gt" has "shop": give exactly one whole number that is not negative'),
  wrong('kubernetes.io/arch Gt', undefined, () => requirement('kubernetes.io/arch', GREATER_THAN, ['4']),
    'requirement "kubernetes.io/arch Gt" compares numbers, but the values of this label are none: give "In" and the values'),
  wrong('minValues', 3, (_, minValues) => pool({ requirements: [NodeRequirement.instanceFamilies('m7i', 'm7a').withMinValues(minValues)] }),
    '"minValues" of requirement "karpenter.k8s.aws/instance-family" is 3 but there are 2 values: give at least 3 values'),
  wrong('requirements.karpenter.k8s.aws/instance-family.minValues', 51, (_, minValues) =>
    pool({ requirements: [NodeRequirement.instanceFamilies('m7i').withMinValues(minValues)] }), '"requirements.karpenter.k8s.aws/instance-family.minValues" is 51: give a whole number from 1 to 50'),
  wrong('minValues', 2, () => pool({
    requirements: [NodeRequirement.instanceFamilies('m7i', 'm7a').withMinValues(2), NodeRequirement.instanceFamilies('m7i', 'c7i')],
  }), '"minValues" of requirement "karpenter.k8s.aws/instance-family" is 2 but 1 values are left (In "m7i" "m7a"; In "m7i" "c7i"): give more values, or a lower "minValues"'),
  wrong('requirements', undefined, () => pool({ requirements: [NodeRequirement.zones('eu-west-1a'), NodeRequirement.zones('eu-west-1b')] }),
    '"requirements" and "labels" leave no value of "topology.kubernetes.io/zone" (In "eu-west-1a"; In "eu-west-1b"), so that no node could be launched: change or remove one of them'),
  wrong('requirements', 101, () => pool({ requirements: many(101).map(i => NodeRequirement.of(`l${i}`, EXISTS)) }),
    '"requirements" has 101 entries: give at most 100'),

  // limits and disruption
  wrong('limits.cpu', 'many', (_, cpu) => pool({ limits: { cpu } }),
    '"limits.cpu" is "many": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('disruptionBudgets.nodes', '120%', (_, nodes) => budget({ nodes }),
    '"disruptionBudgets.nodes" is "120%": give a number of nodes ("5") or a share of them from "0%" to "100%"'),
  wrong('disruptionBudgets', undefined, () => budget({ nodes: '1', schedule: '@daily' }),
    '"disruptionBudgets" has a "schedule" without a "duration": give both, or neither for a budget that always holds'),
  wrong('disruptionBudgets.schedule', '0 9 * *', (_, schedule) => budget({ nodes: '0', schedule, duration: Duration.hours(8) }),
    '"disruptionBudgets.schedule" is "0 9 * *": give five fields of cron, or "@daily" and the like'),
  wrong('disruptionBudgets.schedule', '0 25 * * *', (_, schedule) => budget({ nodes: '0', schedule, duration: Duration.hours(8) }),
    '"disruptionBudgets.schedule" is "0 25 * * *", whose hour is "25": give "*", or numbers from 0 to 23, as "1", "1-3", "1,3" or "*/2"'),
  wrong('disruptionBudgets.schedule', '@dayly', (_, schedule) => budget({ nodes: '0', schedule, duration: Duration.hours(8) }),
    '"disruptionBudgets.schedule" is "@dayly": give five fields of cron, or "@daily" and the like'),
  wrong('disruptionBudgets.duration', Duration.seconds(90), (_, duration) => budget({ nodes: '0', schedule: '@daily', duration }),
    '"disruptionBudgets.duration" is 90 seconds: give whole minutes'),
  wrong('disruptionBudgets.duration', Duration.seconds(30), (_, duration) => budget({ nodes: '0', schedule: '@daily', duration }),
    '"disruptionBudgets.duration" is 30 seconds: give whole seconds of at least 60'),
  wrong('disruptionBudgets.reasons', undefined, () => budget({ nodes: '1', reasons: [] }),
    '"disruptionBudgets.reasons" is empty, so that the budget would count for nothing: leave it out for all reasons'),
  wrong('disruptionBudgets.reasons', 'Drifted', () => budget({ nodes: '1', reasons: [DisruptionReason.DRIFTED, DisruptionReason.DRIFTED] }),
    '"disruptionBudgets.reasons" has "Drifted" more than once: name every reason once'),
  wrong('disruptionBudgets', 51, () => budget(...many(51).map(() => ({ nodes: '1' }))),
    '"disruptionBudgets" has 51 entries: give at most 50'),
  wrong('expireAfter', Duration.seconds(0), (_, expireAfter) => pool({ expireAfter: KarpenterDuration.of(expireAfter) }),
    '"expireAfter" is 0 seconds, so that every node would be replaced at once: give a longer time, or KarpenterDuration.NEVER'),
  wrong('duration', Duration.millis(500), (_, duration) => pool({ expireAfter: KarpenterDuration.of(duration) }),
    '"duration" is 0.5 seconds: give whole seconds of at least 0'),
  wrong('terminationGracePeriod', Duration.millis(500), (_, terminationGracePeriod) => pool({ terminationGracePeriod }),
    '"terminationGracePeriod" is 0.5 seconds: give whole seconds of at least 0'),
  wrong('weight', 101, (_, weight) => pool({ weight }), '"weight" is 101: give a whole number from 1 to 100'),
  wrong('weight', 10, (_, weight) => pool({ weight, replicas: 3 }),
    '"weight" is 10 but "replicas" is 3: leave "weight" out, a pool of a fixed size takes none', 'it is given at all'),
  wrong('replicas', -1, (_, replicas) => pool({ replicas }), '"replicas" is -1: give a whole number from 0 to 9007199254740991'),
  wrong('limits', 'cpu', () => pool({ replicas: 3, limits: { cpu: '10' } }),
    '"limits" has "cpu" but "replicas" is 3: leave it out, a pool of a fixed size takes only the limit "nodes"'),
];

const terms = {
  amiSelectorTerms: [{ alias: 'al2023@v20260714' }], subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }],
};
const nodeClass = (props: Partial<Ec2NodeClassProps>) => {
  const into = chart();
  new Ec2NodeClass(into, 'Class', { ...terms, role: 'nodes', ...props });
  return into.toJson();
};
const ami = (...amiSelectorTerms: AmiSelectorTerm[]) => nodeClass({ amiSelectorTerms, amiFamily: AmiFamily.CUSTOM });
const subnet = (...subnetSelectorTerms: SubnetSelectorTerm[]) => nodeClass({ subnetSelectorTerms });
const securityGroup = (...securityGroupSelectorTerms: SecurityGroupSelectorTerm[]) => nodeClass({ securityGroupSelectorTerms });
const reservation = (...capacityReservationSelectorTerms: CapacityReservationSelectorTerm[]) => nodeClass({ capacityReservationSelectorTerms });
const kubelet = (configuration: KubeletConfiguration) => nodeClass({ kubelet: configuration });
const autoMode = (props: Partial<AutoModeNodeClassProps>) => {
  const into = chart();
  new AutoModeNodeClass(into, 'Class', { subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }], role: 'nodes', ...props });
  return into.toJson();
};
const { INTERFACE, EFA_ONLY } = NodeNetworkInterfaceType;
const nic = (networkCardIndex: number, deviceIndex: number, interfaceType = INTERFACE) => ({ networkCardIndex, deviceIndex, interfaceType });
const volume = { deviceName: '/dev/xvda', volumeSize: Size.gibibytes(50) };

/** EC2NodeClasses, and the NodeClasses of EKS Auto Mode. */
export const NODE_CLASSES = [
  wrong('name', 'Default', (_, name) => nodeClass({ name }),
    '"name" is "Default": give lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 63 characters'),
  wrong('role', undefined, () => nodeClass({ role: undefined }),
    '"role" and "instanceProfile" are both missing: give the name of the nodes\' IAM role as "role"'),
  wrong('role', 'nodes', (_, role) => nodeClass({ role, instanceProfile: 'profile' }),
    '"role" is "nodes" and "instanceProfile" is "profile": give only one of them', 'it is given at all'),
  wrong('role', 'n'.repeat(65), (_, role) => nodeClass({ role }),
    `"role" is "${'n'.repeat(65)}": give the plain name, not an ARN and without a path, at most 64 characters`),
  wrong('tags.team', undefined, () => nodeClass({ tags: { team: 't'.repeat(257) } }), '"tags.team" has 257 characters: give at most 256'),
  wrong('role', 'arn:aws:iam::111122223333:role/nodes', (_, role) => nodeClass({ role }),
    '"role" is "arn:aws:iam::111122223333:role/nodes": give the plain name, not an ARN and without a path, at most 64 characters'),
  wrong('tags', 'karpenter.sh/nodepool', (_, key) => nodeClass({ tags: { [key]: 'x' } }),
    '"tags" has "karpenter.sh/nodepool", which Karpenter sets by itself: remove it'),
  wrong('tags', 'aws:team', (_, key) => nodeClass({ tags: { [key]: 'x' } }),
    '"tags" has "aws:team", but AWS keeps tags that begin with "aws:" to itself: remove it'),
  wrong('tags', '', (_, key) => nodeClass({ tags: { [key]: 'x' } }), '"tags" has an empty key: give every tag a key'),

  // what they select
  wrong('amiFamily', undefined, () => nodeClass({ amiSelectorTerms: [{ id: 'ami-1' }] }),
    '"amiFamily" is missing and "amiSelectorTerms" has no alias that would say it: give an "amiFamily"'),
  wrong('amiFamily', 'AL2023', () => nodeClass({ amiFamily: AmiFamily.AL2023, amiSelectorTerms: [{ alias: 'bottlerocket@v1.40.0' }] }),
    '"amiFamily" is AL2023 but the alias is "bottlerocket@v1.40.0": leave "amiFamily" out, or give an alias of that family'),
  wrong('amiSelectorTerms', 0, () => ami(), '"amiSelectorTerms" has 0 terms: give from 1 to 30'),
  wrong('amiSelectorTerms.alias', 'ubuntu@latest', (_, alias) => ami({ alias }),
    '"amiSelectorTerms.alias" is "ubuntu@latest": give FAMILY@VERSION of at most 30 characters, the family one of al2, al2023, bottlerocket, windows2019, windows2022, windows2025'),
  wrong('amiSelectorTerms.alias', 'windows2022@v1', (_, alias) => ami({ alias }),
    '"amiSelectorTerms.alias" is "windows2022@v1": images of Windows cannot be pinned by an alias, give "windows2022@latest"'),
  wrong('amiSelectorTerms', 'al2023@v20260714', (_, alias) => ami({ alias }, { id: 'ami-1' }),
    '"amiSelectorTerms" has the alias "al2023@v20260714" and 1 more terms: leave them out, an alias has to be the only term', 'it is not alone'),
  wrong('release', '20260714', (_, release) => AmiAlias.al2023(release),
    '"release" is "20260714": give v and the date of a release, such as "v20260714"'),
  wrong('release', 'latest', (_, release) => AmiAlias.bottlerocket(release),
    '"release" is "latest": give a version of Bottlerocket, such as "v1.40.0"'),
  wrong('amiSelectorTerms', undefined, () => ami({ owner: 'self' }),
    '"amiSelectorTerms" has a term that matches anything: give it one of "alias", "id", "name", "ssmParameter", "tags"'),
  wrong('amiSelectorTerms', undefined, () => ami({ id: 'ami-1', name: 'nodes' }),
    '"amiSelectorTerms" has a term with "id" and "name": give "id" alone, and make terms of their own of the rest'),
  wrong('subnetSelectorTerms', 'sg-1', (_, id) => subnet({ id }),
    '"subnetSelectorTerms" has the id "sg-1": give one that begins with "subnet-"'),
  wrong('subnetSelectorTerms', undefined, () => subnet({ id: '' }),
    '"subnetSelectorTerms" has a term whose "id" is empty, which would match anything: give it a value, or leave it out'),
  wrong('subnetSelectorTerms', undefined, () => subnet({ tags: {} }),
    '"subnetSelectorTerms" has a term with 0 tags: give from 1 to 20'),
  wrong('subnetSelectorTerms', undefined, () => subnet({ tags: { team: '' } }),
    '"subnetSelectorTerms" has a term with the tag "team=": give key and value, "*" for any value'),
  wrong('securityGroupSelectorTerms', 31, () => securityGroup(...many(31).map(i => ({ name: `g${i}` }))),
    '"securityGroupSelectorTerms" has 31 terms: give from 1 to 30'),
  wrong('capacityReservationSelectorTerms', 31, () => reservation(...many(31).map(i => ({ id: `cr-${i}` }))),
    '"capacityReservationSelectorTerms" has 31 terms: give at most 30'),
  wrong('capacityReservationSelectorTerms', 'me', (_, ownerId) => reservation({ ownerId, tags: { team: 'shop' } }),
    '"capacityReservationSelectorTerms" has the owner "me": give the twelve digits of an account'),
  wrong('placementGroupSelector', 'fast', (_, id) => nodeClass({ placementGroupSelector: { id } }),
    '"placementGroupSelector" has the id "fast": give one that begins with "pg-"'),

  // volumes and networks
  wrong('rootVolumeSize', undefined, () => nodeClass({ rootVolumeSize: Size.gibibytes(50), blockDeviceMappings: [volume] }),
    '"rootVolumeSize" shapes the default volumes, which "blockDeviceMappings" replaces: give it in "blockDeviceMappings"'),
  wrong('volumeKmsKeyId', undefined, () => nodeClass({ volumeKmsKeyId: 'key', amiFamily: AmiFamily.CUSTOM, amiSelectorTerms: [{ id: 'ami-1' }] }),
    '"volumeKmsKeyId" is given, but the volumes of an image of family "Custom" or of an alias unknown at synth are not known: give "blockDeviceMappings"'),
  wrong('rootVolumeSize', Size.mebibytes(500), (_, rootVolumeSize) => nodeClass({ rootVolumeSize }),
    '"rootVolumeSize" is 0.48828125 GiB: give whole GiB from 1 to 59000'),
  wrong('blockDeviceMappings', 51, () => nodeClass({ blockDeviceMappings: many(51).map(i => ({ ...volume, deviceName: `/dev/sd${i}` })) }),
    '"blockDeviceMappings" has 51 entries: give at most 50'),
  wrong('blockDeviceMappings', undefined, () => nodeClass({ blockDeviceMappings: [{ ...volume, rootVolume: true }, { ...volume, deviceName: '/dev/xvdb', rootVolume: true }] }),
    '"blockDeviceMappings" has "rootVolume" on /dev/xvda and /dev/xvdb: give it to one of them'),
  wrong('blockDeviceMappings', '/dev/xvda', () => nodeClass({ blockDeviceMappings: [volume, volume] }),
    '"blockDeviceMappings" has "/dev/xvda" more than once: give every volume a device name of its own'),
  wrong('blockDeviceMappings', undefined, () => nodeClass({ blockDeviceMappings: [{ deviceName: '/dev/xvda' }] }),
    '"blockDeviceMappings" has /dev/xvda without a size: give a "volumeSize" or a "snapshotId"'),
  wrong('blockDeviceMappings.volumeSize', Size.gibibytes(100), (_, volumeSize) =>
    nodeClass({ blockDeviceMappings: [{ ...volume, volumeType: EbsVolumeType.ST1, volumeSize }] }), '"blockDeviceMappings.volumeSize" is 100 GiB but the volume is st1: give from 125 to 16384 GiB'),
  wrong('blockDeviceMappings.iops', 3000, () => nodeClass({ blockDeviceMappings: [{ ...volume, volumeType: EbsVolumeType.GP2, iops: 3000 }] }),
    '"blockDeviceMappings.iops" is 3000 but the volume is gp2: leave it out, only gp3, io1 and io2 take it'),
  wrong('blockDeviceMappings.iops', 100, (_, iops) => nodeClass({ blockDeviceMappings: [{ ...volume, iops }] }),
    '"blockDeviceMappings.iops" is 100: give a whole number from 3000 to 80000'),
  wrong('blockDeviceMappings.iops', 64_001, (_, iops) => nodeClass({ blockDeviceMappings: [{ ...volume, volumeType: EbsVolumeType.IO1, iops }] }),
    '"blockDeviceMappings.iops" is 64001: give a whole number from 100 to 64000'),
  wrong('blockDeviceMappings.iops', 10_001, (_, iops) => nodeClass({ blockDeviceMappings: [{ ...volume, volumeSize: Size.gibibytes(20), iops }] }),
    '"blockDeviceMappings.iops" is 10001 but gp3 gives at most 500 for each GiB, 10000: give fewer, or a larger "volumeSize"'),
  wrong('blockDeviceMappings.throughput', 751, (_, throughput) => nodeClass({ blockDeviceMappings: [{ ...volume, throughput }] }),
    '"blockDeviceMappings.throughput" is 751 but "blockDeviceMappings.iops" is 3000: gp3 gives at most a quarter of the IOPS in MiB/s, 750; give more IOPS'),
  wrong('blockDeviceMappings.throughput', 125, () => nodeClass({ blockDeviceMappings: [{ ...volume, volumeType: EbsVolumeType.IO2, throughput: 125 }] }),
    '"blockDeviceMappings.throughput" is 125 but the volume is io2: leave it out, only gp3 takes it'),
  wrong('blockDeviceMappings.kmsKeyId', 'key', () => nodeClass({ blockDeviceMappings: [{ ...volume, kmsKeyId: 'key', encrypted: false }] }),
    '"blockDeviceMappings.kmsKeyId" is "key" but "encrypted" is false: leave one of them out'),
  wrong('blockDeviceMappings.volumeInitializationRate', 200, () => nodeClass({ blockDeviceMappings: [{ ...volume, volumeInitializationRate: 200 }] }),
    '"blockDeviceMappings.volumeInitializationRate" is 200 without a snapshot: give a "snapshotId"'),
  wrong('networkInterfaces', 151, () => nodeClass({ networkInterfaces: many(151).map(i => nic(i, 0)) }),
    '"networkInterfaces" has 151 entries: give at most 150'),
  wrong('networkInterfaces.networkCardIndex', -1, (_, card) => nodeClass({ networkInterfaces: [nic(0, 0), nic(card, 0)] }),
    '"networkInterfaces.networkCardIndex" is -1: give a whole number from 0 to 2147483647'),
  wrong('networkInterfaces', undefined, () => nodeClass({ networkInterfaces: [nic(0, 0), nic(0, 0)] }),
    '"networkInterfaces" has two interfaces with "networkCardIndex" 0 and "deviceIndex" 0: give each a place of its own'),
  wrong('networkInterfaces', undefined, () => nodeClass({ networkInterfaces: [nic(0, 0), nic(1, 0, EFA_ONLY), nic(1, 1, EFA_ONLY)] }),
    '"networkInterfaces" has two interfaces of type "efa-only" on the network card 1: give each a card of its own'),
  wrong('networkInterfaces', undefined, () => nodeClass({ networkInterfaces: [nic(1, 0)] }),
    '"networkInterfaces" has no interface of type "interface" with "networkCardIndex" 0 and "deviceIndex" 0, which is the node\'s own: add it'),
  wrong('connectionTracking', undefined, () => nodeClass({ connectionTracking: {} }),
    '"connectionTracking" is empty: give at least one of "tcpEstablishedTimeout", "udpStreamTimeout", "udpTimeout"'),
  wrong('connectionTracking.udpTimeout', Duration.seconds(61), (_, udpTimeout) => nodeClass({ connectionTracking: { udpTimeout } }),
    '"connectionTracking.udpTimeout" is 61 seconds: give whole seconds from 30 to 60'),
  wrong('ipPrefixCount', -1, (_, ipPrefixCount) => nodeClass({ ipPrefixCount }),
    '"ipPrefixCount" is -1: give a whole number from 0 to 2147483647'),
  wrong('metadataOptions.httpPutResponseHopLimit', 65, (_, httpPutResponseHopLimit) => nodeClass({ metadataOptions: { httpPutResponseHopLimit } }),
    '"metadataOptions.httpPutResponseHopLimit" is 65: give a whole number from 1 to 64'),

  // what nodes do
  wrong('userData', 16_385, () => nodeClass({ userData: '#'.repeat(16_385) }),
    '"userData" has 16385 bytes: give at most 16384, with what Karpenter adds, and let nodes fetch the rest when they start'),
  wrong('kubelet.maxPods', -1, (_, maxPods) => kubelet({ maxPods }),
    '"kubelet.maxPods" is -1: give a whole number from 0 to 2147483647'),
  wrong('kubelet.clusterDns', 'dns', (_, address) => kubelet({ clusterDns: [address] }),
    '"kubelet.clusterDns" has "dns": give IP addresses'),
  wrong('kubelet.systemReserved', 'disk', (_, resource) => kubelet({ systemReserved: { [resource]: '1Gi' } }),
    '"kubelet.systemReserved" has "disk": give only "cpu", "memory", "ephemeral-storage", "pid"'),
  wrong('kubelet.kubeReserved.memory', '-0', (_, memory) => kubelet({ kubeReserved: { memory } }),
    '"kubelet.kubeReserved.memory" is "-0": give a quantity without a sign'),
  wrong('kubelet.evictionHard.memory.available', '101%', (_, threshold) => kubelet({ evictionHard: { 'memory.available': threshold } }),
    '"kubelet.evictionHard.memory.available" is "101%": give a quantity that is not negative, such as "250m", "2" or "512Mi"'),
  wrong('kubelet.evictionSoft', 'memory.available', () => kubelet({ evictionSoft: { 'memory.available': '5%' } }),
    '"kubelet.evictionSoft" has "memory.available" but "kubelet.evictionSoftGracePeriod" does not: give it in both'),
  wrong('kubelet.evictionMaxPodGracePeriod', Duration.millis(500), (_, evictionMaxPodGracePeriod) => kubelet({ evictionMaxPodGracePeriod }),
    '"kubelet.evictionMaxPodGracePeriod" is 0.5 seconds: give whole seconds from 0 to 2147483647'),
  wrong('kubelet.imageGcHighThresholdPercent', 70, (_, imageGcHighThresholdPercent) => kubelet({ imageGcHighThresholdPercent, imageGcLowThresholdPercent: 80 }),
    '"kubelet.imageGcHighThresholdPercent" is 70 but "kubelet.imageGcLowThresholdPercent" is 80: give a higher high threshold'),
  wrong('kubelet.imageGcLowThresholdPercent', 101, (_, imageGcLowThresholdPercent) => kubelet({ imageGcLowThresholdPercent }),
    '"kubelet.imageGcLowThresholdPercent" is 101: give a whole number from 0 to 100'),

  // on Auto Mode
  wrong('name', 'default', (_, name) => autoMode({ name }),
    '"name" is "default", which is EKS\'s own node class: give another one, or use AutoModeNodeClass.DEFAULT'),
  wrong('podSubnetSelectorTerms', undefined, () => autoMode({ podSubnetSelectorTerms: [{ id: 'subnet-1' }] }),
    '"podSubnetSelectorTerms" is given without "podSecurityGroupSelectorTerms": give both, or neither for pods in the network of their nodes'),
  wrong('ephemeralStorage.size', Size.gibibytes(60_000), (_, size) => autoMode({ ephemeralStorage: { size } }),
    '"ephemeralStorage.size" is 60000 GiB: give whole GiB from 1 to 59000'),
  wrong('ephemeralStorage.iops', 20_000, (_, iops) => autoMode({ ephemeralStorage: { iops } }),
    '"ephemeralStorage.iops" is 20000: give a whole number from 3000 to 16000'),
  wrong('certificateBundles.data', undefined, () => autoMode({ certificateBundles: [{ name: 'corporate', data: '-----BEGIN CERTIFICATE-----' }] }),
    '"certificateBundles.data" of "corporate" is not encoded with base64: give the PEM text encoded'),
];

const old = (name: string, kind = 'Provisioner') => ({ apiVersion: 'karpenter.sh/v1alpha5', kind, metadata: { name }, spec: {} });

/** Objects of older releases that are to be migrated. */
export const MIGRATION = [
  wrong('apiVersion', undefined, () => KarpenterMigration.fromObjects([{ kind: 'Provisioner' }]),
    'object 1 is no Kubernetes object: give it an "apiVersion", a "kind" and a "metadata.name"'),
  wrong('default', undefined, () => KarpenterMigration.fromObjects([old('default'), old('default')]),
    '"default" would be the name of two objects of kind NodePool: leave the older one out, or give one of them another name'),
  wrong('nodeRole', 'nodes', (_, nodeRole) => KarpenterMigration.fromObjects([old('default')], { nodeRole, instanceProfile: 'profile' }),
    '"nodeRole" is "nodes" and "instanceProfile" is "profile": give one of them', 'it is given at all'),
];
