import { Duration, Size } from 'aws-cdk-lib';
import { AmiFamily } from '../../src/charts/ami-family';
import { Ec2NodeClassProps } from '../../src/charts/ec2-node-class';
import { NodeNetworkInterfaceType } from '../../src/charts/node-network-interface';
import { NodePoolProps } from '../../src/charts/node-pool';
import { RequirementOperator } from '../../src/charts/node-requirement';

/** A requirement as it would reach the API server, whatever our own checks say of it. */
export interface RawRequirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values: string[];
  readonly minValues?: number;
}

/** Props of a pool with requirements that nobody has checked. */
export type RawPool = Omit<Partial<NodePoolProps>, 'requirements'> & { requirements?: RawRequirement[] };

export type RawClass = Partial<Ec2NodeClassProps>;

const { INTERFACE, EFA_ONLY } = NodeNetworkInterfaceType;
const { IN, EXISTS, GREATER_THAN } = RequirementOperator;
const GIB = { volumeSize: Size.gibibytes(10) };
const of = (amiFamily: AmiFamily, alias: string): RawClass => ({ amiFamily, amiSelectorTerms: [{ alias }] });
const image = (term: object): RawClass => ({ amiFamily: AmiFamily.CUSTOM, amiSelectorTerms: [term] });
const requires = (requirement: RawRequirement): RawPool => ({ requirements: [requirement] });
const label = (key: string): RawPool => ({ labels: { [key]: 'x' } });
const tag = (key: string): RawClass => ({ tags: { [key]: 'x' } });
const NO_VALUE = { tags: { a: '' } };

/** For every rule of the definition of a NodePool, by path and message, props that break it. */
export const POOL_RULES: Record<string, RawPool> = {
  ": only 'limits.nodes' is supported on static NodePools": { replicas: 1, limits: { cpu: '1' } },
  ": 'weight' is not supported on static NodePools": { replicas: 1, weight: 1 },
  "disruption.budgets: 'schedule' must be set with 'duration'": { disruptionBudgets: [{ nodes: '1' }, { nodes: '1', duration: Duration.hours(1) }] },
  'template.metadata.labels: label domain "karpenter.sh" is restricted': label('x.karpenter.sh/x'),
  'template.metadata.labels: label "karpenter.sh/nodepool" is restricted': label('karpenter.sh/nodepool'),
  'template.metadata.labels: label "kubernetes.io/hostname" is restricted': label('kubernetes.io/hostname'),
  'template.metadata.labels: label domain "karpenter.k8s.aws" is restricted': label('karpenter.k8s.aws/x'),
  'template.spec.nodeClassRef.group: group may not be empty': { nodeClassRef: { name: 'a', group: '' } },
  'template.spec.nodeClassRef.kind: kind may not be empty': { nodeClassRef: { name: 'a', kind: '' } },
  'template.spec.nodeClassRef.name: name may not be empty': { nodeClassRef: { name: '' } },
  "template.spec.requirements: requirements with operator 'In' must have a value defined": requires({ key: 'a', operator: IN, values: [] }),
  "template.spec.requirements: requirements operator 'Gt', 'Lt', 'Gte', or 'Lte' must have a single positive integer value":
    requires({ key: 'a', operator: GREATER_THAN, values: ['-1'] }),
  "template.spec.requirements: requirements with 'minValues' must have at least that many values specified in the 'values' field":
    requires({ key: 'a', operator: IN, values: ['b'], minValues: 2 }),
  'template.spec.requirements.key: label domain "karpenter.sh" is restricted': requires({ key: 'karpenter.sh', operator: EXISTS, values: [] }),
  'template.spec.requirements.key: label "karpenter.sh/nodepool" is restricted': requires({ key: 'karpenter.sh/nodepool', operator: EXISTS, values: [] }),
  'template.spec.requirements.key: label "kubernetes.io/hostname" is restricted': requires({ key: 'kubernetes.io/hostname', operator: EXISTS, values: [] }),
  'template.spec.requirements.key: label domain "karpenter.k8s.aws" is restricted': requires({ key: 'a.karpenter.k8s.aws/x', operator: EXISTS, values: [] }),
};

/** Rules that compare an object with what it was before, of which synth knows nothing. The docs of the props say them. */
export const TRANSITIONS = [
  ': Cannot transition NodePool between static (replicas set) and dynamic (replicas unset) provisioning modes',
  'template.spec.nodeClassRef: nodeClassRef.group is immutable',
  'template.spec.nodeClassRef: nodeClassRef.kind is immutable',
];

const SIGNALS = "['memory.available','nodefs.available','nodefs.inodesFree','imagefs.available','imagefs.inodesFree','pid.available']";
const RESERVED = "['cpu','memory','ephemeral-storage','pid']";

/** For every rule of the definition of an EC2NodeClass, by path and message, props that break it. */
export const CLASS_RULES: Record<string, RawClass> = {
  ": must specify exactly one of ['role', 'instanceProfile']": { role: 'a', instanceProfile: 'b' },
  ": if set, amiFamily must be 'AL2' or 'Custom' when using an AL2 alias": of(AmiFamily.AL2023, 'al2@v1'),
  ": if set, amiFamily must be 'AL2023' or 'Custom' when using an AL2023 alias": of(AmiFamily.AL2, 'al2023@v1'),
  ": if set, amiFamily must be 'Bottlerocket' or 'Custom' when using a Bottlerocket alias": of(AmiFamily.AL2023, 'bottlerocket@v1'),
  ": if set, amiFamily must be 'Windows2019' or 'Custom' when using a Windows2019 alias": of(AmiFamily.AL2023, 'windows2019@latest'),
  ": if set, amiFamily must be 'Windows2022' or 'Custom' when using a Windows2022 alias": of(AmiFamily.AL2023, 'windows2022@latest'),
  ": if set, amiFamily must be 'Windows2025' or 'Custom' when using a Windows2025 alias": of(AmiFamily.AL2023, 'windows2025@latest'),
  ': must specify amiFamily if amiSelectorTerms does not contain an alias': { amiSelectorTerms: [{ id: 'ami-1' }] },
  "amiSelectorTerms: expected at least one, got none, ['tags', 'id', 'name', 'alias', 'ssmParameter']": image({ owner: 'self' }),
  "amiSelectorTerms: 'id' is mutually exclusive, cannot be set with a combination of other fields in amiSelectorTerms": image({ id: 'ami-1', owner: 'self' }),
  "amiSelectorTerms: 'alias' is mutually exclusive, cannot be set with a combination of other fields in amiSelectorTerms": image({ alias: 'al2@v1', name: 'a' }),
  "amiSelectorTerms: 'alias' is mutually exclusive, cannot be set with a combination of other amiSelectorTerms":
    { amiSelectorTerms: [{ alias: 'al2@v1' }, { alias: 'al2@v1' }] },
  "amiSelectorTerms.alias: 'alias' is improperly formatted, must match the format 'family@version'": image({ alias: 'al2023@' }),
  "amiSelectorTerms.alias: family is not supported, must be one of the following: 'al2', 'al2023', 'bottlerocket', 'windows2019', 'windows2022', 'windows2025'":
    image({ alias: 'AL2023@v1' }),
  "amiSelectorTerms.alias: windows families may only specify version 'latest'": image({ alias: 'windows2025@v1' }),
  "amiSelectorTerms.tags: empty tag keys or values aren't supported": image(NO_VALUE),
  'blockDeviceMappings: must have only one blockDeviceMappings with rootVolume':
    { blockDeviceMappings: ['/dev/a', '/dev/b'].map(deviceName => ({ deviceName, rootVolume: true, ...GIB })) },
  'blockDeviceMappings.ebs: snapshotID or volumeSize must be defined': { blockDeviceMappings: [{ deviceName: '/dev/a' }] },
  'blockDeviceMappings.ebs: snapshotID must be set when volumeInitializationRate is set': { blockDeviceMappings: [{ deviceName: '/dev/a', ...GIB, volumeInitializationRate: 100 }] },
  "capacityReservationSelectorTerms: expected at least one, got none, ['tags', 'id', 'instanceMatchCriteria']": { capacityReservationSelectorTerms: [{ ownerId: '123456789012' }] },
  "capacityReservationSelectorTerms: 'id' is mutually exclusive, cannot be set along with other fields in a capacity reservation selector term":
    { capacityReservationSelectorTerms: [{ id: 'cr-1', ownerId: '123456789012' }] },
  "capacityReservationSelectorTerms.tags: empty tag keys or values aren't supported": { capacityReservationSelectorTerms: [NO_VALUE] },
  'connectionTracking: at least one of tcpEstablishedTimeout, udpStreamTimeout, or udpTimeout must be set': { connectionTracking: {} },
  'instanceProfile: instanceProfile cannot be empty': { role: undefined, instanceProfile: '' },
  'kubelet: imageGCHighThresholdPercent must be greater than imageGCLowThresholdPercent': { kubelet: { imageGcHighThresholdPercent: 50, imageGcLowThresholdPercent: 50 } },
  'kubelet: evictionSoft OwnerKey does not have a matching evictionSoftGracePeriod': { kubelet: { evictionSoft: { 'pid.available': '5%' }, evictionSoftGracePeriod: {} } },
  'kubelet: evictionSoftGracePeriod OwnerKey does not have a matching evictionSoft':
    { kubelet: { evictionSoft: {}, evictionSoftGracePeriod: { 'pid.available': Duration.minutes(1) } } },
  [`kubelet.evictionHard: valid keys for evictionHard are ${SIGNALS}`]: { kubelet: { evictionHard: { memory: '5%' } } },
  [`kubelet.evictionSoft: valid keys for evictionSoft are ${SIGNALS}`]: { kubelet: { evictionSoft: { memory: '5%' }, evictionSoftGracePeriod: { memory: Duration.minutes(1) } } },
  [`kubelet.evictionSoftGracePeriod: valid keys for evictionSoftGracePeriod are ${SIGNALS}`]: { kubelet: { evictionSoftGracePeriod: { memory: Duration.minutes(1) } } },
  [`kubelet.kubeReserved: valid keys for kubeReserved are ${RESERVED}`]: { kubelet: { kubeReserved: { gpu: '1' } } },
  'kubelet.kubeReserved: kubeReserved value cannot be a negative resource quantity': { kubelet: { kubeReserved: { cpu: '-0' } } },
  [`kubelet.systemReserved: valid keys for systemReserved are ${RESERVED}`]: { kubelet: { systemReserved: { gpu: '1' } } },
  'kubelet.systemReserved: systemReserved value cannot be a negative resource quantity': { kubelet: { systemReserved: { cpu: '-1' } } },
  "networkInterfaces: networkInterfaces must include a primary interface with interfaceType='interface'":
    { networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: EFA_ONLY }] },
  'networkInterfaces: networkInterfaces must not have duplicate networkCardIndex and deviceIndex pairs, and can have at most one efa device per network card':
    { networkInterfaces: [1, 2].map(() => ({ networkCardIndex: 0, deviceIndex: 0, interfaceType: INTERFACE })) },
  "placementGroupSelector: expected at least one, got none, ['name', 'id']": { placementGroupSelector: {} },
  "placementGroupSelector: 'name' and 'id' are mutually exclusive": { placementGroupSelector: { name: 'a', id: 'pg-1' } },
  'role: role cannot be empty': { role: '' },
  'securityGroupSelectorTerms: securityGroupSelectorTerms cannot be empty': { securityGroupSelectorTerms: [] },
  "securityGroupSelectorTerms: expected at least one, got none, ['tags', 'id', 'name']": { securityGroupSelectorTerms: [{}] },
  "securityGroupSelectorTerms: 'id' is mutually exclusive, cannot be set with a combination of other fields in a security group selector term":
    { securityGroupSelectorTerms: [{ id: 'sg-1', tags: { a: 'b' } }] },
  "securityGroupSelectorTerms: 'name' is mutually exclusive, cannot be set with a combination of other fields in a security group selector term":
    { securityGroupSelectorTerms: [{ name: 'a', tags: { a: 'b' } }] },
  "securityGroupSelectorTerms.tags: empty tag keys or values aren't supported": { securityGroupSelectorTerms: [NO_VALUE] },
  'subnetSelectorTerms: subnetSelectorTerms cannot be empty': { subnetSelectorTerms: [] },
  "subnetSelectorTerms: expected at least one, got none, ['tags', 'id']": { subnetSelectorTerms: [{}] },
  "subnetSelectorTerms: 'id' is mutually exclusive, cannot be set with a combination of other fields in a subnet selector term":
    { subnetSelectorTerms: [{ id: 'subnet-1', tags: { a: 'b' } }] },
  "subnetSelectorTerms.tags: empty tag keys or values aren't supported": { subnetSelectorTerms: [NO_VALUE] },
  "tags: empty tag keys aren't supported": tag(''),
  'tags: tag contains a restricted tag matching eks:eks-cluster-name': tag('eks:eks-cluster-name'),
  'tags: tag contains a restricted tag matching kubernetes.io/cluster/': tag('kubernetes.io/cluster/a'),
  'tags: tag contains a restricted tag matching karpenter.sh/nodepool': tag('karpenter.sh/nodepool'),
  'tags: tag contains a restricted tag matching karpenter.sh/nodeclaim': tag('karpenter.sh/nodeclaim'),
  'tags: tag contains a restricted tag matching karpenter.k8s.aws/ec2nodeclass': tag('karpenter.k8s.aws/ec2nodeclass'),
};
