import { Duration, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { existing, network, platform, wrong } from './wrong-input';
import { FargateProfile, FargateProfileOptions } from '../../src/nodes/fargate-profile';
import { ManagedNodeGroupOptions } from '../../src/nodes/managed-node-group';
import { NodeAmi } from '../../src/nodes/node-ami';
import { NodeRepairAction } from '../../src/nodes/node-repair';
import { SelfManagedNodeGroup, SelfManagedNodeGroupOptions } from '../../src/nodes/self-managed-node-group';
import { WarmPoolState } from '../../src/nodes/warm-pool';

const { SPOT, CAPACITY_BLOCK } = eks.CapacityType;
const { NO_SCHEDULE } = eks.TaintEffect;
const YOURS = NodeAmi.customAl2023('ami-0123456789abcdef0');
const BLOCK = 'cr-0123456789abcdef0';

const types = (...names: string[]) => names.map(name => new ec2.InstanceType(name));

/** A managed node group of a cluster with Kubernetes 1.36. */
const group = (s: Stack, options: Partial<ManagedNodeGroupOptions> = {}) =>
  platform(s, { serviceIpv4Cidr: '172.20.0.0/16' }).addManagedNodeGroup('Nodes', { instanceTypes: types('m7i.large'), ...options });

/** The same, launched by Auto Scaling. */
const own = (s: Stack, options: Partial<SelfManagedNodeGroupOptions> = {}) =>
  new SelfManagedNodeGroup(s, 'Nodes', { cluster: platform(s, { serviceIpv4Cidr: '172.20.0.0/16' }), instanceTypes: types('m7i.large'), ...options });

/** A repair that is overridden. */
const override = (minRepairWaitTime: Duration) =>
  [{ nodeMonitoringCondition: 'AcceleratedHardwareReady', nodeUnhealthyReason: 'NvidiaXID31Error', minRepairWaitTime, repairAction: NodeRepairAction.REBOOT }];

/** Managed and self-managed node groups. */
export const NODES = [
  // names
  wrong('nodeGroupName', 'my nodes', (s, nodeGroupName) => group(s, { nodeGroupName }),
    '"nodeGroupName" is "my nodes": give at most 63 letters, digits, "-" and "_", beginning with a letter or digit'),
  wrong('nodeGroupName', 'n'.repeat(64), (s, nodeGroupName) => group(s, { nodeGroupName }),
    `"nodeGroupName" is "${'n'.repeat(64)}": give at most 63 letters, digits, "-" and "_", beginning with a letter or digit`),
  wrong('nodeGroupName', 'web', (s, nodeGroupName) => {
    const cluster = platform(s);
    cluster.addManagedNodeGroup('One', { nodeGroupName, instanceTypes: types('m7i.large') });
    cluster.addManagedNodeGroup('Two', { nodeGroupName, instanceTypes: types('m7i.large') });
  }, '"nodeGroupName" is "web", as that of App/Cluster/managed-node-group-One in the same cluster: give another one, or leave it out'),
  wrong('autoScalingGroupName', 'a:b', (s, autoScalingGroupName) => own(s, { autoScalingGroupName }),
    '"autoScalingGroupName" is "a:b": give 1 to 255 characters without ":"'),
  wrong('autoScalingGroupName', 'web', (s, autoScalingGroupName) =>
    SelfManagedNodeGroup.perZone(s, 'Nodes', { cluster: platform(s), instanceTypes: types('m7i.large'), autoScalingGroupName }), '"autoScalingGroupName" is "web" for the groups of 2 zones: leave it out, each needs a name of its own',
  'both groups would have it'),
  wrong('tags', 'aws:x', (s, key) => group(s, { tags: { [key]: '' } }),
    '"tags" has "aws:x": give keys of 1 to 128 characters that do not begin with "aws:"'),
  wrong('tags', 'aws:x', (s, key) => own(s, { tags: { [key]: '' } }),
    '"tags" has "aws:x": give keys of 1 to 128 characters that do not begin with "aws:"'),

  // instance types and images
  wrong('instanceTypes', 0, s => group(s, { instanceTypes: [] }), '"instanceTypes" has 0 types: give 1 to 20'),
  wrong('instanceTypes', 41, s => own(s, { instanceTypes: types(...[...Array(41).keys()].map(i => `m7i.${i}xlarge`)) }),
    '"instanceTypes" has 41 types: give 1 to 40'),
  wrong('instanceTypes', 'm7i-large', (s, name) => group(s, { instanceTypes: types(name) }),
    '"instanceTypes" has "m7i-large": give names of instance types, such as "m7i.large"'),
  wrong('instanceTypes', 'm7i.large', (s, name) => group(s, { instanceTypes: types(name, name) }),
    '"instanceTypes" has "m7i.large" twice: give each type once', 'it is given twice'),
  wrong('instanceTypes', 'm7i.large', (s, name) => own(s, { instanceTypes: types(name, name) }),
    '"instanceTypes" has "m7i.large" twice: give each type once', 'it is given twice'),
  wrong('instanceTypes', 'm7g.large', (s, name) => group(s, { instanceTypes: types('m7i.large', name) }),
    '"instanceTypes" has "m7g.large" (arm64) and "m7i.large" (x86_64): give types of one architecture, and a node group for each'),
  wrong('instanceTypes', 'm7g.large', (s, name) => own(s, { instanceTypes: types('m7i.large', name) }),
    '"instanceTypes" has m7i.large, m7g.large, of several architectures: give types of one, and a node group for each'),
  wrong('instanceTypes', 'g5.xlarge', (s, name) => group(s, { instanceTypes: types('m7i.large', name) }),
    '"instanceTypes" has m7i.large, g5.xlarge, some with accelerators and some without, or with different ones: give types that need the same drivers, or say the "ami"'),
  wrong('instanceTypes', 'g5.xlarge', (s, name) => own(s, { instanceTypes: types('m7i.large', name) }),
    '"instanceTypes" has m7i.large, g5.xlarge, which need different drivers: give types that need the same, or say the "ami"'),
  wrong('ami', undefined, s => group(s, { ami: NodeAmi.AL2023_ARM_64_STANDARD }),
    '"ami" is AL2023_ARM_64_STANDARD for arm64 but "instanceTypes" has "m7i.large" of x86_64: give an image for x86_64, or leave "ami" out for Amazon Linux 2023'),
  wrong('ami', undefined, s => own(s, { ami: NodeAmi.BOTTLEROCKET_ARM_64 }),
    '"ami" is BOTTLEROCKET_ARM_64 for arm64 but "instanceTypes" has "m7i.large" of x86_64: give types of the image\'s architecture, and a node group for each'),
  wrong('ami', undefined, s => group(s, { ami: NodeAmi.AL2023_X86_64_NVIDIA }),
    '"ami" is AL2023_x86_64_NVIDIA but "instanceTypes" has "m7i.large", which has no such accelerator: give types that have one, or another image'),
  wrong('ami', undefined, s => own(s, { ami: NodeAmi.WINDOWS_CORE_2022_X86_64 }),
    '"ami" is WINDOWS_CORE_2022_x86_64: self-managed node groups write user data for Linux alone, use a ManagedNodeGroup for Windows'),
  wrong('instanceTypes', 'm4.large', (s, name) => group(s, { ami: NodeAmi.WINDOWS_CORE_2022_X86_64, instanceTypes: types(name) }),
    '"instanceTypes" has "m4.large", which cannot run Windows nodes: give a type of a newer generation'),
  wrong('amiType', 'AL2_x86_64', (_, amiType) => NodeAmi.of(amiType), '"amiType" is "AL2_x86_64": give a type of the EKS API that begins with AL2023, BOTTLEROCKET or WINDOWS, or an image of yours by NodeAmi.custom()',
    'the user data depends on it'),
  wrong('imageId', 'al2023', (_, imageId) => NodeAmi.custom(imageId),
    '"imageId" is "al2023": give the id of an image, such as "ami-0123456789abcdef0"'),
  wrong('rootDevice', 'xvda', (_, rootDevice) => NodeAmi.custom('ami-0123456789abcdef0', { rootDevice }),
    '"rootDevice" is "xvda": give the name of a device, such as "/dev/xvda"'),
  wrong('amiVersion', '20261105', (s, amiVersion) => own(s, { amiVersion }),
    '"amiVersion" is "20261105": give one like "v20261105"'),
  wrong('amiVersion', 'latest', (s, amiVersion) => own(s, { ami: NodeAmi.BOTTLEROCKET_X86_64, amiVersion }),
    '"amiVersion" is "latest": give one like "1.50.0"'),
  wrong('amiVersion', undefined, s => own(s, { ami: YOURS, amiVersion: 'v20261105' }),
    '"amiVersion" is given with an image of yours, which has its own: leave it out'),

  // versions
  wrong('version', '1.37', (s, version) => group(s, { version: eks.KubernetesVersion.of(version) }),
    '"version" is 1.37 but the cluster has 1.36: nodes cannot be newer, give at most 1.36 or upgrade the cluster first'),
  wrong('version', '1.32', (s, version) => group(s, { version: eks.KubernetesVersion.of(version) }),
    '"version" is 1.32 but the cluster has 1.36: nodes can be three minor versions older at most, give 1.33 or newer'),
  wrong('version', undefined, s => group(s, { ami: YOURS, version: eks.KubernetesVersion.V1_36 }),
    '"version" is given with an image of yours, which has its own: leave it out'),
  wrong('version', undefined, s => new SelfManagedNodeGroup(s, 'Nodes', { cluster: existing(s), instanceTypes: types('m7i.large'), serviceCidr: '172.20.0.0/16' }),
    '"version" is missing, and the cluster\'s is not known at synth: give the Kubernetes version of the nodes'),
  wrong('releaseVersion', '1.36', (s, releaseVersion) => group(s, { releaseVersion }),
    '"releaseVersion" is "1.36": give the release of an image, such as "1.36.1-20261105"'),
  wrong('releaseVersion', '1.35.2-20261105', (s, releaseVersion) => group(s, { releaseVersion }),
    '"releaseVersion" is "1.35.2-20261105" but the nodes\' version is 1.36: give a release of 1.36'),

  // sizes
  wrong('maxSize', 2, (s, maxSize) => group(s, { minSize: 3, maxSize }),
    '"maxSize" is 2 but "minSize" is 3: give a "maxSize" of at least 3'),
  wrong('maxSize', 3, (s, maxSize) => group(s, { desiredSize: 4, maxSize }),
    '"maxSize" is 3 but "desiredSize" is 4: give a "maxSize" of at least 4'),
  wrong('desiredSize', 1, (s, desiredSize) => group(s, { minSize: 2, desiredSize, maxSize: 4 }),
    '"desiredSize" is 1 but "minSize" is 2: give a "desiredSize" of at least 2'),
  wrong('minSize', -1, (s, minSize) => group(s, { minSize }), '"minSize" is -1: give a whole number of at least 0'),
  wrong('maxSize', 0, (s, maxSize) => group(s, { minSize: 0, maxSize }), '"maxSize" is 0: give a whole number of at least 1'),
  wrong('desiredSize', 2.5, (s, desiredSize) => group(s, { desiredSize }),
    '"desiredSize" is 2.5: give a whole number of at least 0'),
  wrong('desiredSize', 3, (s, desiredSize) => group(s, { desiredSize, autoscaled: true }),
    '"desiredSize" is 3 and "autoscaled" is true: leave one out, every update would undo what the autoscaler did', 'it is given at all'),
  wrong('diskSize', Size.gibibytes(10), (s, diskSize) => group(s, { diskSize }),
    '"diskSize" is 10 GiB: give whole GiB from 20 to 65536'),
  wrong('diskSize', Size.tebibytes(65), (s, diskSize) => group(s, { diskSize }),
    '"diskSize" is 66560 GiB: give whole GiB from 20 to 65536'),
  wrong('diskSize', Size.mebibytes(20500), (s, diskSize) => own(s, { diskSize }),
    '"diskSize" is 20.01953125 GiB: give whole GiB from 20 to 65536'),
  wrong('metadataHopLimit', 65, (s, metadataHopLimit) => group(s, { metadataHopLimit }),
    '"metadataHopLimit" is 65: give a whole number from 1 to 64'),

  // how they are bought
  wrong('capacityReservationId', 'reservation', (s, capacityReservationId) => group(s, { capacityReservationId }),
    '"capacityReservationId" is "reservation": give the id of a reservation, such as "cr-0123456789abcdef0"'),
  wrong('capacityReservationId', undefined, s => group(s, { capacityReservationId: BLOCK, capacityType: SPOT }),
    '"capacityReservationId" is given with "capacityType" SPOT: Spot Instances are not launched in reservations, leave out one of the two'),
  wrong('capacityReservationId', undefined, s => group(s, { capacityType: CAPACITY_BLOCK }),
    '"capacityReservationId" is missing for "capacityType" CAPACITY_BLOCK: give the id of the block'),
  wrong('instanceTypes', 'p5.48xlarge', (s, name) =>
    group(s, { capacityType: CAPACITY_BLOCK, capacityReservationId: BLOCK, instanceTypes: types(name, 'p5e.48xlarge') }), '"instanceTypes" has p5.48xlarge, p5e.48xlarge, but "capacityType" CAPACITY_BLOCK has a single type: give the type of the block', 'there are two'),
  wrong('subnets', 2, s => group(s, { capacityType: CAPACITY_BLOCK, capacityReservationId: BLOCK }),
    '"subnets" selects 2 zones, but a capacity block is in one: select the subnets of its zone (`subnets: { availabilityZones: [...] }`)'),
  wrong('onDemandBaseCapacity', 2, (s, onDemandBaseCapacity) => own(s, { onDemandBaseCapacity }),
    '"onDemandBaseCapacity" is 2, but all nodes are on demand: give an "onDemandPercentageAboveBaseCapacity" below 100, or leave it out', 'it is given at all'),
  wrong('onDemandBaseCapacity', -1, (s, onDemandBaseCapacity) => own(s, { onDemandBaseCapacity, onDemandPercentageAboveBaseCapacity: 50 }),
    '"onDemandBaseCapacity" is -1: give a whole number of at least 0'),
  wrong('onDemandPercentageAboveBaseCapacity', 101, (s, onDemandPercentageAboveBaseCapacity) => own(s, { onDemandPercentageAboveBaseCapacity }),
    '"onDemandPercentageAboveBaseCapacity" is 101: give a whole number from 0 to 100'),

  // updates, repair, warm pools
  wrong('maxUnavailable', 1, (s, maxUnavailable) => group(s, { maxUnavailable, maxUnavailablePercentage: 10 }),
    '"maxUnavailable" is 1 and "maxUnavailablePercentage" is 10: give one of them', 'it is given at all'),
  wrong('maxUnavailable', 101, (s, maxUnavailable) => group(s, { maxUnavailable }),
    '"maxUnavailable" is 101: give a whole number from 1 to 100'),
  wrong('maxUnavailablePercentage', 0, (s, maxUnavailablePercentage) => group(s, { maxUnavailablePercentage }),
    '"maxUnavailablePercentage" is 0: give a whole number from 1 to 100'),
  wrong('maxUnhealthyNodeThresholdCount', 0, (s, count) => group(s, { nodeRepair: { maxUnhealthyNodeThresholdCount: count } }),
    '"maxUnhealthyNodeThresholdCount" is 0: give a whole number of at least 1'),
  wrong('maxParallelNodesRepairedCount', 1, (s, count) =>
    group(s, { nodeRepair: { maxParallelNodesRepairedCount: count, maxParallelNodesRepairedPercentage: 10 } }), '"maxParallelNodesRepairedCount" is 1 and "maxParallelNodesRepairedPercentage" is 10: give one of them', 'it is given at all'),
  wrong('nodeRepair.overrides[0].minRepairWaitTime', Duration.seconds(30), (s, wait) => group(s, { nodeRepair: { overrides: override(wait) } }),
    '"nodeRepair.overrides[0].minRepairWaitTime" is 0.5 minutes: give whole minutes of at least 1'),
  wrong('nodeRepair.overrides[0].nodeMonitoringCondition', '', (s, nodeMonitoringCondition) => group(s, { nodeRepair: { overrides: [{ ...override(Duration.minutes(5))[0], nodeMonitoringCondition }] } }),
    '"nodeRepair.overrides[0].nodeMonitoringCondition" is "": give a condition of the node monitoring agent, such as "NetworkingReady"'),
  wrong('nodeRepair.overrides[0].nodeUnhealthyReason', 'interface not up', (s, nodeUnhealthyReason) => group(s, { nodeRepair: { overrides: [{ ...override(Duration.minutes(5))[0], nodeUnhealthyReason }] } }),
    '"nodeRepair.overrides[0].nodeUnhealthyReason" is "interface not up": give a reason of that condition, such as "InterfaceNotUp"'),
  wrong('warmPool', undefined, s => group(s, { ami: YOURS, warmPool: {} }),
    '"warmPool" is given with an image of yours: EKS has warm pools only for the images it builds, leave out one of the two'),
  wrong('warmPool', undefined, s => group(s, { capacityType: SPOT, warmPool: {} }),
    '"warmPool" is given with "capacityType" SPOT: instances of a warm pool cannot be Spot Instances, leave out one of the two'),
  wrong('warmPool.poolState', undefined, s => group(s, { ami: NodeAmi.BOTTLEROCKET_X86_64, warmPool: { poolState: WarmPoolState.HIBERNATED } }),
    '"warmPool.poolState" is HIBERNATED, which Bottlerocket cannot: give STOPPED or RUNNING'),
  wrong('warmPool.reuseOnScaleIn', true, s => group(s, { ami: NodeAmi.BOTTLEROCKET_X86_64, warmPool: { reuseOnScaleIn: true } }),
    '"warmPool.reuseOnScaleIn" is true, which EKS refuses with Bottlerocket: leave it out'),
  wrong('warmPool.minSize', -1, (s, minSize) => group(s, { warmPool: { minSize } }),
    '"warmPool.minSize" is -1: give a whole number of at least 0'),
  wrong('warmPool.maxGroupPreparedCapacity', 1, (s, maxGroupPreparedCapacity) => group(s, { warmPool: { minSize: 2, maxGroupPreparedCapacity } }),
    '"warmPool.maxGroupPreparedCapacity" is 1 but "warmPool.minSize" is 2: give a "warmPool.maxGroupPreparedCapacity" of at least 2'),
  wrong('updateBatchSize', 0, (s, updateBatchSize) => own(s, { updateBatchSize }),
    '"updateBatchSize" is 0: give a whole number from 1 to 100'),
  wrong('updatePause', Duration.hours(2), (s, updatePause) => own(s, { updatePause }),
    '"updatePause" is 7200 seconds: give whole seconds from 0 to 3600'),
  wrong('drainTimeout', Duration.seconds(10), (s, drainTimeout) => own(s, { drainTimeout }),
    '"drainTimeout" is 10 seconds: give whole seconds from 30 to 7200'),
  wrong('maxInstanceLifetime', Duration.hours(12), (s, maxInstanceLifetime) => own(s, { maxInstanceLifetime }),
    '"maxInstanceLifetime" is 43200 seconds: give at least a day'),

  // labels and taints
  wrong('labels', 'node role', (s, key) => group(s, { labels: { [key]: 'web' } }),
    '"labels" is "node role": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('labels', 'example.com/', (s, key) => group(s, { labels: { [key]: 'web' } }),
    '"labels" is "example.com/": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('labels', `Example.com/${'x'.repeat(64)}`, (s, key) => group(s, { labels: { [key]: 'web' } }),
    `"labels" is "Example.com/${'x'.repeat(64)}": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name`),
  wrong('labels.team', 'Shop & Co', (s, team) => group(s, { labels: { team } }),
    '"labels.team" is "Shop & Co": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('labels.team', 's'.repeat(64), (s, team) => group(s, { labels: { team } }),
    `"labels.team" is "${'s'.repeat(64)}": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit`),
  wrong('labels', 'node-role.kubernetes.io/web', (s, key) => group(s, { labels: { [key]: 'yes' } }),
    '"labels" has "node-role.kubernetes.io/web": EKS and the kubelet keep the domain "node-role.kubernetes.io" to themselves, nodes with such a label do not join; give a domain of yours, or "node.kubernetes.io"'),
  wrong('labels', 'eks.amazonaws.com/team', (s, key) => own(s, { labels: { [key]: '' } }),
    '"labels" has "eks.amazonaws.com/team": EKS and the kubelet keep the domain "eks.amazonaws.com" to themselves, nodes with such a label do not join; give a domain of yours, or "node.kubernetes.io"'),
  wrong('labels.team', '', (s, team) => group(s, { labels: { team } }),
    '"labels.team" is "": give a value, EKS takes no label of a managed node group without'),
  wrong('labels', `example.com/${'x'.repeat(52)}`, (s, key) => group(s, { labels: { [key]: 'web' } }),
    `"labels" is "example.com/${'x'.repeat(52)}": give keys of at most 63 characters with their prefix, EKS takes no longer ones`),
  wrong('taints[0].key', `example.com/${'x'.repeat(52)}`, (s, key) => group(s, { taints: [{ key, effect: NO_SCHEDULE }] }),
    `"taints[0].key" is "example.com/${'x'.repeat(52)}": give at most 63 characters with the prefix, EKS takes no longer keys`),
  wrong('taints[0]', undefined, s => group(s, { taints: [{ key: 'gpu' }] }),
    '"taints[0]" has no "effect": give both "key" and "effect"'),
  wrong('taints[0]', undefined, s => group(s, { taints: [{ effect: NO_SCHEDULE }] }),
    '"taints[0]" has no "key": give both "key" and "effect"'),
  wrong('taints[0].key', 'my gpu', (s, key) => group(s, { taints: [{ key, effect: NO_SCHEDULE }] }),
    '"taints[0].key" is "my gpu": give NAME or PREFIX/NAME, where NAME has at most 63 letters, digits, "-", "_" and "." and PREFIX is a DNS name'),
  wrong('taints[0].value', 'a,b', (s, value) => group(s, { taints: [{ key: 'gpu', value, effect: NO_SCHEDULE }] }),
    '"taints[0].value" is "a,b": give at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit'),
  wrong('taints', 'gpu', (s, key) => group(s, { taints: [{ key, effect: NO_SCHEDULE }, { key, value: 'yes', effect: NO_SCHEDULE }] }),
    '"taints" has "gpu" with NO_SCHEDULE twice: give each pair of key and effect once'),
  wrong('taints', 51, s => group(s, { taints: [...Array(51).keys()].map(i => ({ key: `t${i}`, effect: NO_SCHEDULE })) }),
    '"taints" has 51 taints: give at most 50'),

  // where they run
  wrong('subnets', undefined, s => group(s, { subnets: { availabilityZones: ['eu-west-1c'] } }),
    '"subnets" selects none of the subnets of App/Network: give a selection that matches some'),
  wrong('cluster', undefined, s => new SelfManagedNodeGroup(s, 'Nodes', {
    cluster: eks.Cluster.fromClusterAttributes(s, 'Imported', {
      clusterName: 'existing', clusterSecurityGroupId: 'sg-1',
    }),
    instanceTypes: types('m7i.large'),
    serviceCidr: '172.20.0.0/16',
  }), '"cluster" is App/Imported, imported without "vpc": give it to eks.Cluster.fromClusterAttributes()'),

  // what they do when they start
  wrong('serviceCidr', undefined, s => new SelfManagedNodeGroup(s, 'Nodes', { cluster: existing(s), instanceTypes: types('m7i.large') }),
    '"serviceCidr" is missing: nodes that EKS does not launch must be told the cluster\'s service CIDR, give it here or as "serviceIpv4Cidr" of the cluster (`aws eks describe-cluster` shows it as kubernetesNetworkConfig.serviceIpv4Cidr)'),
  wrong('serviceCidr', undefined, s => platform(s).addManagedNodeGroup('Nodes', { instanceTypes: types('m7i.large'), ami: YOURS }),
    '"serviceCidr" is missing: nodes with an image of yours must be told the cluster\'s service CIDR, give it here or as "serviceIpv4Cidr" of the cluster (`aws eks describe-cluster` shows it as kubernetesNetworkConfig.serviceIpv4Cidr)'),
  wrong('serviceCidr', '172.20.0.1/16', (s, serviceCidr) => group(s, { ami: YOURS, serviceCidr }),
    '"serviceCidr" has "172.20.0.1/16", but 172.20.0.1 is not the first address of a /16: give the first address of the block'),
  wrong('serviceCidr', 'services', (s, serviceCidr) => group(s, { serviceCidr }),
    '"serviceCidr" has "services": give a CIDR block such as "10.0.0.0/16"'),
  wrong('userData', undefined, s => group(s, { ami: NodeAmi.custom('ami-0123456789abcdef0') }),
    '"userData" is missing for NodeAmi.custom(): give what lets a node join the cluster, or use NodeAmi.customAl2023() or NodeAmi.customBottlerocket() for an image made from one of EKS\'s'),
  wrong('maxPods', undefined, s => group(s, { ami: YOURS, userData: ec2.UserData.forLinux(), maxPods: 30 }),
    '"maxPods" is given together with "userData": say it in the user data'),
  wrong('maxPods', 0, (s, maxPods) => group(s, { maxPods }), '"maxPods" is 0: give a whole number of at least 1'),
  wrong('maxPods', 30, (s, maxPods) => group(s, { maxPods, kubeletConfig: { maxPods: 50 } }),
    '"maxPods" is 30 and "kubeletConfig" has maxPods 50 too: give one of them', 'it is given at all'),
  wrong('kubeletConfig', undefined, s => group(s, { ami: NodeAmi.BOTTLEROCKET_X86_64, kubeletConfig: { podsPerCore: 10 } }),
    '"kubeletConfig" is given, which nodes with the image BOTTLEROCKET_x86_64 do not understand: leave it out'),
  wrong('bottlerocketSettings', undefined, s => group(s, { bottlerocketSettings: { motd: 'hi' } }),
    '"bottlerocketSettings" is given, which nodes with the image AL2023_x86_64_STANDARD do not understand: leave it out'),
  wrong('userData', undefined, s => group(s, { preBootstrapCommands: ['#'.repeat(17_000)] }),
    '"userData" has 17157 bytes with all that shapes it: EC2 takes at most 16384, let nodes fetch the rest when they start'),
  wrong('bottlerocketSettings.motd', undefined, s => group(s, { ami: NodeAmi.BOTTLEROCKET_X86_64, bottlerocketSettings: { motd: 'say "hi"' } }),
    '"bottlerocketSettings.motd" has a quote, backslash or line break, which EKS cannot read in Bottlerocket\'s settings: give text without'),
  wrong('bottlerocketSettings.ntp', undefined, s => group(s, { ami: NodeAmi.BOTTLEROCKET_X86_64, bottlerocketSettings: { ntp: null } }),
    '"bottlerocketSettings.ntp" is null: give a string, number, boolean, list or table'),
  wrong('bottlerocketSettings.a b', undefined, s => group(s, { ami: NodeAmi.BOTTLEROCKET_X86_64, bottlerocketSettings: { 'a b': { c: 1 } } }),
    '"bottlerocketSettings.a b" is a table: EKS cannot read the header of a table with a key like "a b", give letters, digits, "-" and "_"'),
];

const profile = (s: Stack, options: Partial<FargateProfileOptions> = {}) =>
  new FargateProfile(s, 'Profile', { cluster: platform(s), selectors: [{ namespace: 'shop' }], ...options });

/** Fargate profiles. */
export const FARGATE = [
  wrong('fargateProfileName', 'my profile', (s, fargateProfileName) => profile(s, { fargateProfileName }),
    '"fargateProfileName" is "my profile": give at most 100 letters, digits, "-" and "_", beginning with a letter or digit but not with "eks-"'),
  wrong('fargateProfileName', 'eks-shop', (s, fargateProfileName) => profile(s, { fargateProfileName }),
    '"fargateProfileName" is "eks-shop": give at most 100 letters, digits, "-" and "_", beginning with a letter or digit but not with "eks-"'),
  wrong('fargateProfileName', 'shop', (s, fargateProfileName) => {
    const cluster = platform(s);
    new FargateProfile(s, 'One', { cluster, fargateProfileName, selectors: [{ namespace: 'shop' }] });
    new FargateProfile(s, 'Two', { cluster, fargateProfileName, selectors: [{ namespace: 'web' }] });
  }, '"fargateProfileName" is "shop", as that of App/One in the same cluster: give another one, or leave it out'),
  wrong('selectors', 0, s => profile(s, { selectors: [] }),
    '"selectors" has 0 selectors: give 1 to 5, and another profile for more'),
  wrong('selectors', 6, s => profile(s, { selectors: Array(6).fill({ namespace: 'shop' }) }),
    '"selectors" has 6 selectors: give 1 to 5, and another profile for more'),
  wrong('selectors[0].namespace', '', (s, namespace) => profile(s, { selectors: [{ namespace }] }),
    '"selectors[0].namespace" has "": give a namespace, in which "*" stands for any characters and "?" for one'),
  wrong('selectors[0].namespace', 'Shop', (s, namespace) => profile(s, { selectors: [{ namespace }] }),
    '"selectors[0].namespace" has "Shop": give a namespace, in which "*" stands for any characters and "?" for one'),
  wrong('selectors[0].labels', 6, s => profile(s, { selectors: [{ namespace: 'shop', labels: { a: '', b: '', c: '', d: '', e: '', f: '' } }] }),
    '"selectors[0].labels" has 6 labels: give at most 5'),
  wrong('selectors[0].labels', 'my app', (s, key) => profile(s, { selectors: [{ namespace: 'shop', labels: { [key]: 'web' } }] }),
    '"selectors[0].labels" has "my app": give the key of a label, in which "*" stands for any characters and "?" for one'),
  wrong('selectors[0].labels.app', 'my web', (s, app) => profile(s, { selectors: [{ namespace: 'shop', labels: { app } }] }),
    '"selectors[0].labels.app" has "my web": give the value of a label, in which "*" stands for any characters and "?" for one'),
  wrong('subnets', undefined, s => profile(s, { subnets: { subnetType: ec2.SubnetType.PUBLIC } }),
    '"subnets" selects public subnets, where Fargate runs no pods: select private ones'),
  wrong('tags', 'aws:x', (s, key) => profile(s, { tags: { [key]: '' } }),
    '"tags" has "aws:x": give keys of 1 to 128 characters that do not begin with "aws:"'),
  wrong('region', 'us-gov-west-1', (s, region) => {
    const gov = new Stack(s.node.root as any, 'Gov', { env: { region, account: '111122223333' } });
    new FargateProfile(gov, 'Profile', { cluster: eks.Cluster.fromClusterAttributes(gov, 'Imported', { clusterName: 'x', vpc: network(gov) }), selectors: [{ namespace: 'shop' }] });
  }, '"region" of the stack is us-gov-west-1, where EKS has no Fargate: use a node group'),
];
