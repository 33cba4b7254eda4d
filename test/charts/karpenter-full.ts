import { Duration, Size } from 'aws-cdk-lib';
import { AmiFamily } from '../../src/charts/ami-family';
import { AutoModeNodeClassProps } from '../../src/charts/auto-mode-node-class';
import { AutoModeNetworkPolicy, AutoModeSnatPolicy } from '../../src/charts/auto-mode-node-class-options';
import { EbsVolumeType } from '../../src/charts/block-device-mapping';
import { Ec2NodeClassProps, InstanceStorePolicy } from '../../src/charts/ec2-node-class';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { ConsolidationPolicy, DisruptionReason } from '../../src/charts/node-disruption';
import { NodeLabel } from '../../src/charts/node-label';
import { NodeNetworkInterfaceType } from '../../src/charts/node-network-interface';
import { NodePoolProps } from '../../src/charts/node-pool';
import { NodeRequirement } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';
import { InstanceMatchCriteria } from '../../src/charts/selector-terms';

/** A pool with every prop, `replicas` aside, which excludes others. */
export const FULL_POOL: NodePoolProps = {
  name: 'full',
  nodeClassRef: { name: 'full', kind: 'EC2NodeClass', group: 'karpenter.k8s.aws' },
  requirements: [NodeRequirement.instanceCategories('c', 'm', 'r').withMinValues(2), NodeLabel.INSTANCE_CPU.atMost(32)],
  labels: { 'example.com/team': 'shop' },
  annotations: { note: 'x' },
  taints: [{ key: 'team', value: 'shop', effect: NodeTaintEffect.NO_SCHEDULE }],
  startupTaints: [{ key: 'node.cilium.io/agent-not-ready', value: 'true', effect: NodeTaintEffect.NO_EXECUTE }],
  limits: { cpu: '1000', memory: '1000Gi', nodes: '50' },
  consolidationPolicy: ConsolidationPolicy.BALANCED,
  consolidateAfter: KarpenterDuration.of(Duration.seconds(90)),
  disruptionBudgets: [{ nodes: '0', schedule: '0 9 * * mon-fri', duration: Duration.minutes(510), reasons: [DisruptionReason.DRIFTED, DisruptionReason.EMPTY] }],
  expireAfter: KarpenterDuration.NEVER,
  terminationGracePeriod: Duration.days(2),
  weight: 100,
};

/** A pool of a fixed size with every prop that goes with it. */
export const FULL_STATIC_POOL: NodePoolProps = { name: 'static', nodeClassRef: { name: 'full' }, replicas: 3, limits: { nodes: '5' }, disruptionBudgets: [{ nodes: '1' }] };

/** A class with every prop, `role` and the sizes of the default volumes aside, which exclude others. */
export const FULL_CLASS: Ec2NodeClassProps = {
  name: 'full',
  amiFamily: AmiFamily.AL2023,
  amiSelectorTerms: [{ id: 'ami-1' }, { name: 'x*', owner: 'self', tags: { a: 'b' } }, { ssmParameter: '/a/b' }],
  subnetSelectorTerms: [{ id: 'subnet-1' }, { tags: { 'karpenter.sh/discovery': 'a' } }],
  securityGroupSelectorTerms: [{ id: 'sg-1' }, { name: 'nodes' }, { tags: { a: '*' } }],
  instanceProfile: 'nodes',
  blockDeviceMappings: [
    { deviceName: '/dev/xvda', rootVolume: true, volumeSize: Size.tebibytes(1), iops: 6000, throughput: 500, kmsKeyId: 'key' },
    { deviceName: '/dev/xvdb', snapshotId: 'snap-1', volumeInitializationRate: 200, volumeType: EbsVolumeType.IO2, iops: 100 },
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
  instanceStorePolicy: InstanceStorePolicy.RAID0,
  capacityReservationSelectorTerms: [{ id: 'cr-1' }, { ownerId: '123456789012', tags: { team: '*' }, instanceMatchCriteria: InstanceMatchCriteria.TARGETED }],
  placementGroupSelector: { name: 'tight' },
  networkInterfaces: [
    { networkCardIndex: 0, deviceIndex: 0, interfaceType: NodeNetworkInterfaceType.INTERFACE },
    { networkCardIndex: 0, deviceIndex: 1, interfaceType: NodeNetworkInterfaceType.EFA_ONLY },
  ],
  ipPrefixCount: 2,
  connectionTracking: { tcpEstablishedTimeout: Duration.hours(1), udpStreamTimeout: Duration.minutes(2), udpTimeout: Duration.seconds(45) },
  nestedVirtualization: true,
  context: 'x',
};

/** What a class takes in place of some of those. */
export const OTHER_CLASS: Ec2NodeClassProps = {
  name: 'other',
  amiSelectorTerms: [{ alias: 'al2023@v20260714' }],
  subnetSelectorTerms: FULL_CLASS.subnetSelectorTerms,
  securityGroupSelectorTerms: FULL_CLASS.securityGroupSelectorTerms,
  role: 'nodes',
  rootVolumeSize: Size.gibibytes(200),
  volumeKmsKeyId: 'key',
  placementGroupSelector: { id: 'pg-1' },
};

/** A class of Auto Mode with the props whose fields are in its published definition, which is older than its documentation. */
export const AUTO_MODE_CLASS: AutoModeNodeClassProps = {
  name: 'auto',
  role: 'nodes',
  subnetSelectorTerms: FULL_CLASS.subnetSelectorTerms,
  securityGroupSelectorTerms: FULL_CLASS.securityGroupSelectorTerms,
  snatPolicy: AutoModeSnatPolicy.RANDOM,
  networkPolicy: AutoModeNetworkPolicy.DEFAULT_DENY,
  networkPolicyEventLogs: true,
  ephemeralStorage: { size: Size.gibibytes(160), iops: 6000, throughput: 250 },
  tags: { team: 'shop' },
};
