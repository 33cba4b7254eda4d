import { Duration, Size } from 'aws-cdk-lib';
import { RawClass, RawPool, RawRequirement } from './karpenter-rules';
import { EbsVolumeType } from '../../src/charts/block-device-mapping';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { RequirementOperator } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';

/** Something that we refuse although the API server accepts it: our message, the reason, and an example. */
export type Stricter<Raw> = [message: RegExp, reason: string, example: Raw];

const { IN, NOT_IN, EXISTS, GREATER_THAN } = RequirementOperator;
const { NO_SCHEDULE } = NodeTaintEffect;
const requires = (...requirements: RawRequirement[]): RawPool => ({ requirements });
const budget = (fields: object): RawPool => ({ disruptionBudgets: [{ nodes: '1', ...fields }] });
const HOUR = Duration.hours(1);

export const STRICTER_POOL: Stricter<RawPool>[] = [
  [/^"labels" is ".*": give NAME or PREFIX\/NAME/, 'the controller refuses the pool', { labels: { 'a b': 'x' } }],
  [/^"labels" has ".*" of 317 characters/, 'too long for the requirement that the controller makes of it', { labels: { [`${'a.'.repeat(126)}a/${'a'.repeat(63)}`]: 'x' } }],
  [/^"requirements(\.[^"]*)?" is ".*": give (NAME|at most 63 letters)/, 'no label: the controller refuses the pool', requires({ key: 'a', operator: IN, values: ['x y'] })],
  [/^"annotations" is /, 'the API server refuses the node', { annotations: { 'a b': 'x' } }],
  [/^"(labels|requirements)" has "karpenter\.k8s\.aws\/ec2nodeclass"/, 'the controller refuses the pool', { labels: { 'karpenter.k8s.aws/ec2nodeclass': 'x' } }],
  [/^"(labels|requirements)" has ".*" for "/, 'a value that no node has', requires({ key: 'kubernetes.io/arch', operator: IN, values: ['x86_64'] })],
  [/^"(labels|requirements)" has "eks\.amazonaws\.com\/.*" of EKS Auto Mode/, 'only nodes of Auto Mode have it', requires({ key: 'eks.amazonaws.com/instance-cpu', operator: EXISTS, values: [] })],
  [/compares numbers, but the values of this label are none/, 'nothing is above or below a name', requires({ key: 'kubernetes.io/arch', operator: GREATER_THAN, values: ['1'] })],
  [/NotIn" has no values/, 'a selector of Kubernetes has to have some', requires({ key: 'a', operator: NOT_IN, values: [] })],
  [/leave them out, this operator takes no values/, 'a selector of Kubernetes must not have any', requires({ key: 'a', operator: EXISTS, values: ['b'] })],
  [/leave no value of/, 'no node could be launched', requires({ key: 'a', operator: IN, values: ['b'] }, { key: 'a', operator: IN, values: ['c'] })],
  [/values are left/, 'no node could be launched', requires({ key: 'a', operator: IN, values: ['b', 'c'], minValues: 2 }, { key: 'a', operator: NOT_IN, values: ['c'] })],
  [/^"(taints|startupTaints)\.(key|value)" is /, 'the controller refuses the pool, or the API server the node', { taints: [{ key: 'a'.repeat(64), effect: NO_SCHEDULE }] }],
  [/has already: give every key and effect once/, 'the controller refuses the pool', { taints: [{ key: 'a', effect: NO_SCHEDULE }, { key: 'a', value: 'b', effect: NO_SCHEDULE }] }],
  [/^"limits\.[^"]*" is ".*": give a quantity that is not negative/, 'no node could be launched', { limits: { cpu: '-1' } }],
  [/^"disruptionBudgets\.schedule" is /, 'the controller cannot read it, and disrupts nothing', budget({ schedule: '0 9 * * 7', duration: HOUR })],
  [/^"disruptionBudgets\.reasons" is empty/, 'a budget that counts for nothing', budget({ reasons: [] })],
  [/^"expireAfter" is 0 seconds/, 'nodes would be replaced without end', { expireAfter: KarpenterDuration.of(Duration.seconds(0)) }],
  [/^"name" is /, 'the value of a label of the nodes', { name: 'a'.repeat(64) }],
];

const volume = (fields: object): RawClass => ({ blockDeviceMappings: [{ deviceName: '/dev/xvda', volumeSize: Size.gibibytes(10), ...fields }] });

export const STRICTER_CLASS: Stricter<RawClass>[] = [
  [/^"\w+(Terms|Selector)" has the id /, 'the pattern lets anything stand around the id', { subnetSelectorTerms: [{ id: 'my-subnet-1' }] }],
  [/^"\w+(Terms|Selector)" has a term with "/, 'some rules fire only when all terms are wrong, or forget "ssmParameter"',
    { subnetSelectorTerms: [{ id: 'subnet-1' }, { id: 'subnet-2', tags: { a: 'b' } }] }],
  [/^"\w+(Terms|Selector)" has a term with 0 tags/, 'it would match anything', { securityGroupSelectorTerms: [{ tags: {} }] }],
  [/^"\w+(Terms|Selector)" has a term whose "\w+" is empty/, 'it would match anything', { securityGroupSelectorTerms: [{ name: '' }] }],
  [/^"amiSelectorTerms\.alias" is ".*@.*@/, 'there is no such release', { amiSelectorTerms: [{ alias: 'windows2022@latest@x' }] }],
  [/^"(role|instanceProfile)" is /, 'no name in IAM', { role: 'arn:aws:iam::123456789012:role/nodes' }],
  [/^"blockDeviceMappings" has "\/dev\/\w+" more than once/, 'EC2 refuses it',
    { blockDeviceMappings: [{ deviceName: '/dev/a', snapshotId: 'snap-1' }, { deviceName: '/dev/a', snapshotId: 'snap-1' }] }],
  [/^"blockDeviceMappings\.volumeSize" is .* but the volume is/, 'EC2 refuses it', volume({ volumeType: EbsVolumeType.ST1 })],
  [/^"blockDeviceMappings\.(iops|throughput)" is/, 'EC2 refuses it', volume({ volumeType: EbsVolumeType.IO2, throughput: 125 })],
  [/^"blockDeviceMappings\.kmsKeyId" is/, 'EC2 refuses it', volume({ encrypted: false, kmsKeyId: 'key' })],
  [/^"kubelet\.clusterDns" has/, 'the kubelet refuses it', { kubelet: { clusterDns: ['dns'] } }],
  [/^"kubelet\.\w+\.[^"]*" is ".*": give a quantity that is not negative/, 'the kubelet refuses it', { kubelet: { evictionHard: { 'memory.available': '-1' } } }],
  [/^"tags" has "aws:/, 'EC2 refuses it', { tags: { 'aws:x': 'y' } }],
  [/^"name" is /, 'the value of a label of the nodes', { name: 'a'.repeat(64) }],
  [/^"userData" has \d+ bytes/, 'EC2 refuses it', { userData: 'x'.repeat(17_000) }],
];
