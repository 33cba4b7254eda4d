import { Duration, Size } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { CLASS_RULES, POOL_RULES, RawClass, RawPool, RawRequirement } from './karpenter-rules';
import { AmiFamily } from '../../src/charts/ami-family';
import { EbsVolumeType } from '../../src/charts/block-device-mapping';
import { InstanceStorePolicy } from '../../src/charts/ec2-node-class';
import { KarpenterDuration } from '../../src/charts/karpenter-duration';
import { INSTANCE_LABELS } from '../../src/charts/karpenter-labels';
import { ConsolidationPolicy, DisruptionReason } from '../../src/charts/node-disruption';
import { NodeNetworkInterfaceType } from '../../src/charts/node-network-interface';
import { RequirementOperator } from '../../src/charts/node-requirement';
import { NodeTaintEffect } from '../../src/charts/node-taint';
import { InstanceMatchCriteria } from '../../src/charts/selector-terms';

/*
 * Pools and classes that somebody could write: good ones, and good ones with a fault or two. Which of the faults are any is for the API
 * server to say: among them are texts that only look wrong.
 */

const enumOf = <T>(values: Record<string, T>) => fc.constantFrom(...Object.values(values));
/** Short texts of the letters that matter in names, keys and quantities. */
const text = fc.string({ unit: fc.constantFrom(...'aZ09-_./@%+*: '), maxLength: 8 });
const long = fc.integer({ min: 60, max: 66 }).map(length => 'a'.repeat(length));
const seconds = fc.integer({ min: 0, max: 1_000_000 }).map(Duration.seconds);
const duration = fc.oneof(seconds.map(KarpenterDuration.of), fc.constant(KarpenterDuration.NEVER));
const mapOf = (keys: fc.Arbitrary<string>, values: fc.Arbitrary<string>) => fc.dictionary(keys, values, { maxKeys: 3, noNullPrototype: true });
const listOf = <T>(item: fc.Arbitrary<T>, minLength = 0) => fc.array(item, { minLength, maxLength: 3 });
const faults = (list: Record<string, fc.Arbitrary<any>>[]): fc.Arbitrary<any>[] => list.map(fault => fc.record(fault));
const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/);

// ---- pools

const operators = enumOf(RequirementOperator);
const key = fc.oneof(fc.constantFrom(...Object.keys(INSTANCE_LABELS).map(label => `karpenter.k8s.aws/${label}`), 'kubernetes.io/arch', 'karpenter.sh/capacity-type'), name,
  name.map(label => `example.com/${label}`));
const oddKey = fc.oneof(text, long, text.map(domain => `${domain}/a`), text.map(label => `a.b/${label}`), fc.constantFrom(
  'karpenter.sh/x', 'karpenter.sh', 'my.karpenter.sh', 'mykarpenter.sh/a', 'x.karpenter.k8s.aws/instance-cpu', 'karpenter.k8s.aws/ec2nodeclass', 'karpenter.k8s.aws',
  'karpenter.k8s.aws/instance-famly', 'eks.amazonaws.com/instance-cpu', 'kubernetes.io/hostname', `${'a.'.repeat(126)}a/${'a'.repeat(63)}`, `${'a.'.repeat(125)}a/${'a'.repeat(63)}`,
));
const value = fc.oneof(name, fc.constantFrom('0', '5', 'spot', 'on-demand', 'amd64'));
const oddValue = fc.oneof(text, long, fc.constantFrom('-1', '007', '1.5', '9223372036854775807', '9223372036854775808', ''));

const goodRequirement = fc.oneof(
  fc.record({
    key: name.map(label => `example.com/${label}`),
    operator: fc.constantFrom(RequirementOperator.IN, RequirementOperator.NOT_IN),
    values: listOf(name, 1),
  }),
  fc.record({
    key: fc.constantFrom('karpenter.k8s.aws/instance-cpu', 'karpenter.k8s.aws/instance-memory'),
    operator: fc.constantFrom(RequirementOperator.GREATER_THAN, RequirementOperator.LESS_THAN_OR_EQUAL),
    values: fc.nat(9999).map(number => [`${number}`]),
  }),
  fc.record({
    key,
    operator: fc.constant(RequirementOperator.EXISTS),
    values: fc.constant([]),
    minValues: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
  }),
) as fc.Arbitrary<RawRequirement>;
const oddRequirement: fc.Arbitrary<RawRequirement> = fc.record({
  key: fc.oneof({ weight: 3, arbitrary: key }, { weight: 1, arbitrary: oddKey }),
  operator: operators,
  values: fc.array(fc.oneof({ weight: 2, arbitrary: value }, { weight: 1, arbitrary: oddValue }), { maxLength: 3 }),
  minValues: fc.option(fc.integer({ min: 0, max: 52 }), { nil: undefined, freq: 3 }),
});

const effect = enumOf(NodeTaintEffect);
const goodTaints = fc.uniqueArray(name, { maxLength: 2 }).map(keys => keys.map(taint => ({ key: taint, value: 'x', effect: NodeTaintEffect.NO_SCHEDULE })));
const oddTaint = fc.record({ key: fc.oneof(name, oddKey), value: fc.option(fc.oneof(name, oddValue, fc.constant('a.b/c')), { nil: undefined }), effect });
const cron = fc.constantFrom('@daily', '@hourly', '0 9 * * mon-fri', '*/5 0-6 1,15 jan-mar 0', '0 0 1 1 *');
const oddCron = fc.oneof(text, listOf(text, 1).map(fields => fields.join(' ')), fc.constantFrom(
  'daily', '@every 1h', '0 9 * *', '0 9 * * 7', '60 9 * * *', '0 9 * * monday', '0 9 31-1 * *', '0 9 * * * *', '@dailyx', '*/0 * * * *', '', ' @daily',
));
const share = fc.oneof(fc.integer({ min: 0, max: 100 }).map(percent => `${percent}%`), fc.nat(50).map(String));
const minutes = fc.integer({ min: 1, max: 3000 }).map(Duration.minutes);
const goodBudget = fc.oneof(fc.record({ nodes: share }), fc.record({ nodes: share, schedule: cron, duration: minutes }));
const oddBudget = fc.record({
  nodes: fc.oneof(share, text, fc.constantFrom('101%', '-1', '1.5%', '010%', '')),
  schedule: fc.option(fc.oneof(cron, oddCron), { nil: undefined }),
  duration: fc.option(fc.oneof(minutes, seconds), { nil: undefined }),
  reasons: fc.option(fc.array(enumOf(DisruptionReason), { maxLength: 4 }), { nil: undefined }),
});
const quantity = fc.constantFrom('1', '250m', '1000Gi', '.5', '2e3', '1.5T', '5.');
const oddQuantity = fc.oneof(text, fc.constantFrom('1TB', '-1', '+1', '1 Gi', '1gi', '', '-0', '1e', '1e2.5', '1e+3', '0x1'));

const goodPool: fc.Arbitrary<RawPool> = fc.record({
  requirements: fc.uniqueArray(goodRequirement, { selector: requirement => requirement.key, maxLength: 3 }),
  labels: mapOf(name.map(label => `labels.example.com/${label}`), name),
  annotations: mapOf(name, text),
  taints: goodTaints,
  limits: mapOf(fc.constantFrom('cpu', 'memory', 'nvidia.com/gpu'), quantity),
  consolidationPolicy: enumOf(ConsolidationPolicy),
  consolidateAfter: duration,
  disruptionBudgets: listOf(goodBudget),
  expireAfter: duration.filter(after => after.value !== '0s'),
  terminationGracePeriod: seconds,
  weight: fc.integer({ min: 1, max: 100 }),
}, { requiredKeys: [] });

const poolFault: fc.Arbitrary<RawPool> = fc.oneof(
  fc.constantFrom(...Object.values(POOL_RULES)),
  ...faults([
    { requirements: listOf(oddRequirement, 1) },
    { labels: mapOf(fc.oneof(key, oddKey), fc.oneof(value, oddValue)) },
    { taints: listOf(oddTaint, 1), startupTaints: listOf(oddTaint) },
    { disruptionBudgets: listOf(oddBudget, 1) },
    { limits: mapOf(fc.constantFrom('cpu', 'memory'), oddQuantity) },
    { weight: fc.integer({ min: -1, max: 102 }) },
    { replicas: fc.integer({ min: -1, max: 3 }), weight: fc.constantFrom(1, undefined), limits: fc.constantFrom({ nodes: '5' }, { cpu: '5' }, {}, undefined) },
    { name: fc.oneof(text, long) },
    { nodeClassRef: fc.record({ name: fc.oneof(name, fc.constant('')), group: fc.constantFrom('a', 'a/v1', ''), kind: fc.constantFrom('A', '') }) },
    { requirements: fc.constant(Array.from({ length: 101 }, (_, i) => ({ key: `a${i}`, operator: RequirementOperator.EXISTS, values: [] }))) },
    { labels: fc.constant(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}`, 'x']))) },
    { disruptionBudgets: fc.constant(Array.from({ length: 51 }, () => ({ nodes: '1' }))) },
    { expireAfter: fc.constant(KarpenterDuration.of(Duration.seconds(0))) },
  ]),
);

// ---- classes

const tags = mapOf(name, name);
const someTags = fc.dictionary(name, name, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
const oddTags = fc.oneof(
  mapOf(fc.oneof(name, fc.constantFrom('', 'aws:x', 'Name', 'kubernetes.io/cluster/x', 'kubernetes.io/clusters', 'karpenter.sh/nodepool', 'karpenter.sh/x')), fc.oneof(name, fc.constant(''))),
  fc.constant(Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`a${i}`, 'x']))),
);
const id = (prefix: string) => fc.stringMatching(/^[0-9a-f]{8}$/).map(hex => `${prefix}-${hex}`);
const oddId = (prefix: string) => fc.oneof(id(prefix), text, fc.constantFrom(`${prefix}-`, `x-${prefix}-1`, `${prefix}-A`, ''));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const image = fc.oneof(fc.record({ id: id('ami') }), fc.record({ name }), fc.record({ name, owner: fc.constant('self') }), fc.record({ tags: someTags }),
  fc.record({ ssmParameter: name }));
const oddImage = fc.record({
  alias: fc.option(fc.oneof(text, fc.constantFrom('al2023@v1', 'al2023@latest', 'al2023@', '@v1', 'al2023', 'windows2022@latest', 'windows2022@v1', 'windows2022@latest@x',
    'al2023@v1@x', `al2023@${'1'.repeat(30)}`, 'AL2023@v1', 'ubuntu@latest')), { nil: undefined, freq: 1 }),
  id: maybe(oddId('ami')), name: maybe(fc.oneof(name, fc.constant(''))), owner: maybe(name), ssmParameter: maybe(name), tags: maybe(oddTags),
});
const images: fc.Arbitrary<RawClass> = fc.oneof(
  fc.record({ amiSelectorTerms: fc.constantFrom('al2023@v20260714', 'bottlerocket@v1.40.0', 'windows2022@latest').map(alias => [{ alias }]) }),
  fc.record({ amiFamily: enumOf(AmiFamily), amiSelectorTerms: listOf(image, 1) }),
);
const subnet = fc.oneof(fc.record({ id: id('subnet') }), fc.record({ tags: someTags }));
const group = fc.oneof(fc.record({ id: id('sg') }), fc.record({ name }), fc.record({ tags: someTags }));
const oddSubnet = fc.record({ id: maybe(oddId('subnet')), tags: maybe(oddTags) });
const oddGroup = fc.record({ id: maybe(oddId('sg')), name: maybe(fc.oneof(name, fc.constant(''))), tags: maybe(oddTags) });
const oddReservation = fc.record({
  id: maybe(oddId('cr')), ownerId: maybe(fc.constantFrom('123456789012', '1234', 'self', '')), tags: maybe(oddTags), instanceMatchCriteria: maybe(enumOf(InstanceMatchCriteria)),
});
const oddVolume = fc.record({
  deviceName: fc.constantFrom('/dev/xvda', '/dev/xvdb', '/dev/xvdc'),
  rootVolume: maybe(fc.boolean()),
  volumeSize: maybe(fc.constantFrom(0, 1, 4, 125, 1024, 9999, 10000, 59000, 59001, 70000).map(size => Size.gibibytes(size))),
  volumeType: maybe(enumOf(EbsVolumeType)),
  iops: maybe(fc.constantFrom(99, 100, 3000)),
  throughput: maybe(fc.constantFrom(124, 125, 1000)),
  encrypted: maybe(fc.boolean()),
  kmsKeyId: maybe(name),
  snapshotId: maybe(fc.constant('snap-1')),
  volumeInitializationRate: maybe(fc.integer({ min: 98, max: 302 })),
});
const index = fc.integer({ min: -1, max: 2 });
const network = fc.record({ networkCardIndex: index, deviceIndex: index, interfaceType: enumOf(NodeNetworkInterfaceType) });
const oddTracking = fc.record({
  tcpEstablishedTimeout: fc.constantFrom(59, 60, 432000, 432001).map(Duration.seconds),
  udpStreamTimeout: fc.constantFrom(59, 60, 180, 181).map(Duration.seconds),
  udpTimeout: fc.constantFrom(29, 30, 60, 61).map(Duration.seconds),
}, { requiredKeys: [] });
const signal = fc.constantFrom('memory.available', 'nodefs.available', 'nodefs.inodesFree', 'pid.available');
const threshold = fc.oneof(fc.integer({ min: 1, max: 100 }).map(percent => `${percent}%`), quantity);
const oddThreshold = fc.oneof(oddQuantity, fc.constantFrom('100.00%', '100.1%', '5.123%', '%', '101%', '-5%'));
const oddKubelet = fc.record({
  maxPods: maybe(fc.constantFrom(-1, 0, 110, 2 ** 31 - 1, 2 ** 31)),
  podsPerCore: maybe(fc.constantFrom(-1, 0, 10)),
  systemReserved: maybe(mapOf(fc.constantFrom('cpu', 'memory', 'gpu'), fc.oneof(quantity, oddQuantity))),
  kubeReserved: maybe(mapOf(fc.constantFrom('pid', 'ephemeral-storage', ''), fc.oneof(quantity, oddQuantity))),
  evictionHard: maybe(mapOf(fc.oneof(signal, text), fc.oneof(threshold, oddThreshold))),
  evictionSoft: maybe(mapOf(signal, fc.oneof(threshold, oddThreshold))),
  evictionSoftGracePeriod: maybe(fc.dictionary(signal, seconds, { maxKeys: 2, noNullPrototype: true })),
  imageGcHighThresholdPercent: maybe(fc.integer({ min: -1, max: 102 })),
  imageGcLowThresholdPercent: maybe(fc.integer({ min: -1, max: 102 })),
});

const goodClass: fc.Arbitrary<RawClass> = fc.tuple(images, fc.record({
  subnetSelectorTerms: listOf(subnet, 1),
  securityGroupSelectorTerms: listOf(group, 1),
  role: name,
  metadataOptions: fc.record({
    httpEndpoint: fc.boolean(),
    httpProtocolIpv6: fc.boolean(),
    httpPutResponseHopLimit: fc.integer({ min: 1, max: 64 }),
    httpTokensRequired: fc.boolean(),
  }, { requiredKeys: [] }),
  userData: text,
  tags,
  kubelet: fc.record({
    maxPods: fc.nat(200), kubeReserved: mapOf(fc.constantFrom('cpu', 'memory'), quantity), evictionHard: mapOf(signal, threshold),
  }, { requiredKeys: [] }),
  instanceStorePolicy: enumOf(InstanceStorePolicy),
  capacityReservationSelectorTerms: listOf(fc.record({ id: id('cr') })),
  placementGroupSelector: fc.oneof(fc.record({ id: id('pg') }), fc.record({ name })),
  ipPrefixCount: fc.nat(4),
  connectionTracking: fc.record({ udpTimeout: fc.integer({ min: 30, max: 60 }).map(Duration.seconds) }),
  nestedVirtualization: fc.boolean(),
}, { requiredKeys: ['subnetSelectorTerms', 'securityGroupSelectorTerms', 'role'] })).map(([image_, rest]) => ({ ...rest, ...image_ }));

const classFault: fc.Arbitrary<RawClass> = fc.oneof(
  fc.constantFrom(...Object.values(CLASS_RULES)),
  ...faults([
    { amiFamily: maybe(enumOf(AmiFamily)), amiSelectorTerms: fc.array(oddImage, { maxLength: 2 }) },
    { amiFamily: enumOf(AmiFamily) },
    { subnetSelectorTerms: listOf(oddSubnet) },
    { securityGroupSelectorTerms: listOf(oddGroup) },
    { subnetSelectorTerms: fc.constant(Array.from({ length: 31 }, (_, i) => ({ id: `subnet-${i}` }))) },
    { capacityReservationSelectorTerms: listOf(oddReservation, 1) },
    { capacityReservationSelectorTerms: fc.constant(Array.from({ length: 31 }, (_, i) => ({ id: `cr-${i}` }))) },
    { placementGroupSelector: fc.record({ name: maybe(fc.oneof(name, fc.constant(''))), id: maybe(oddId('pg')) }) },
    { role: maybe(fc.oneof(text, name)), instanceProfile: maybe(fc.oneof(text, name)) },
    { blockDeviceMappings: listOf(oddVolume, 1) },
    { blockDeviceMappings: fc.constant(Array.from({ length: 51 }, (_, i) => ({ deviceName: `/dev/${i}`, volumeSize: Size.gibibytes(1) }))) },
    { kubelet: oddKubelet },
    { metadataOptions: fc.record({ httpPutResponseHopLimit: fc.constantFrom(-1, 0, 1, 64, 65) }) },
    { networkInterfaces: listOf(network, 1) },
    {
      networkInterfaces: fc.constant(Array.from({ length: 151 }, (_, networkCardIndex) => ({
        networkCardIndex, deviceIndex: 0, interfaceType: NodeNetworkInterfaceType.INTERFACE,
      }))),
    },
    { ipPrefixCount: fc.constantFrom(-1, 0, 2 ** 31) },
    { connectionTracking: oddTracking },
    { tags: oddTags },
    { name: fc.oneof(text, long) },
    { userData: fc.constant('x'.repeat(17_000)) },
  ]),
);

/** A good one half of the time, else with a fault. */
export const pools: fc.Arbitrary<RawPool> = fc.oneof(goodPool, fc.tuple(goodPool, poolFault).map(([good, fault]) => ({ ...good, ...fault })));
export const classes: fc.Arbitrary<RawClass> = fc.oneof(goodClass, fc.tuple(goodClass, classFault).map(([good, fault]) => ({ ...good, ...fault })));
