import { Duration, Size, Token } from 'aws-cdk-lib';
import { Chart, Testing } from 'cdk8s';
import { only, render } from './render';
import { AmiAlias } from '../../src/charts/ami-alias';
import { AmiFamily } from '../../src/charts/ami-family';
import { EbsVolumeType } from '../../src/charts/block-device-mapping';
import { Ec2NodeClass, Ec2NodeClassProps, InstanceStorePolicy } from '../../src/charts/ec2-node-class';
import { NodeNetworkInterfaceType } from '../../src/charts/node-network-interface';
import { NodePool } from '../../src/charts/node-pool';
import { InstanceMatchCriteria } from '../../src/charts/selector-terms';

const BASE: Ec2NodeClassProps = {
  name: 'default',
  amiSelectorTerms: [{ alias: 'al2023@v20260801' }],
  subnetSelectorTerms: [{ id: 'subnet-1' }, { id: 'subnet-2' }],
  securityGroupSelectorTerms: [{ id: 'sg-1' }],
  role: 'nodes',
};

function nodeClass(props: Partial<Ec2NodeClassProps> = {}): any {
  return only(render(chart => new Ec2NodeClass(chart, 'Class', { ...BASE, ...props })), 'EC2NodeClass');
}

test('image, network and role are enough for encrypted volumes and metadata that pods cannot reach', () => {
  expect(nodeClass()).toEqual({
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name: 'default' },
    spec: {
      amiSelectorTerms: [{ alias: 'al2023@v20260801' }],
      subnetSelectorTerms: [{ id: 'subnet-1' }, { id: 'subnet-2' }],
      securityGroupSelectorTerms: [{ id: 'sg-1' }],
      role: 'nodes',
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: '50Gi', volumeType: 'gp3', encrypted: true, deleteOnTermination: true } }],
      metadataOptions: { httpEndpoint: 'enabled', httpProtocolIPv6: 'disabled', httpPutResponseHopLimit: 1, httpTokens: 'required' },
    },
  });
});

test('a pool finds its class', () => {
  const manifest = render(chart => {
    const { ref } = new Ec2NodeClass(chart, 'Class', { ...BASE, name: undefined });
    new NodePool(chart, 'Pool', { nodeClassRef: ref });
  }, { namespace: 'shop' });
  const { metadata } = only(manifest, 'EC2NodeClass');
  expect(metadata).toEqual({ name: expect.stringMatching(/^test-class-/) });
  expect(only(manifest, 'NodePool').spec.template.spec.nodeClassRef.name).toEqual(metadata.name);
});

test('the size and the key are those of the volume that fills up, wherever the image has it', () => {
  const volumes = (alias: string) => nodeClass({ amiSelectorTerms: [{ alias }], rootVolumeSize: Size.gibibytes(100), volumeKmsKeyId: 'key' })
    .spec.blockDeviceMappings.map((mapping: any) => [mapping.deviceName, mapping.ebs.volumeSize, mapping.ebs.encrypted, mapping.ebs.kmsKeyID]);
  expect(volumes('al2023@v1')).toEqual([['/dev/xvda', '100Gi', true, 'key']]);
  expect(volumes('bottlerocket@v1.40.0')).toEqual([['/dev/xvda', '4Gi', true, 'key'], ['/dev/xvdb', '100Gi', true, 'key']]);
  expect(volumes('windows2022@latest')).toEqual([['/dev/sda1', '100Gi', true, 'key']]);
});

test('the volumes of an image of your own are left as they are', () => {
  expect(nodeClass({ amiSelectorTerms: [{ id: 'ami-1' }], amiFamily: AmiFamily.CUSTOM }).spec.blockDeviceMappings).toBeUndefined();
});

test('volumes can be given, and are encrypted unless told otherwise or made of a snapshot', () => {
  const mappings = nodeClass({
    blockDeviceMappings: [
      { deviceName: '/dev/xvda', volumeSize: Size.tebibytes(1), rootVolume: true, iops: 6000, throughput: 500 },
      { deviceName: '/dev/xvdb', snapshotId: 'snap-1', volumeInitializationRate: 200, volumeType: EbsVolumeType.IO2 },
      { deviceName: '/dev/xvdc', volumeSize: Size.gibibytes(1), encrypted: false, deleteOnTermination: false },
    ],
  }).spec.blockDeviceMappings;
  expect(mappings).toEqual([
    { deviceName: '/dev/xvda', rootVolume: true, ebs: { volumeSize: '1024Gi', volumeType: 'gp3', iops: 6000, throughput: 500, encrypted: true, deleteOnTermination: true } },
    { deviceName: '/dev/xvdb', ebs: { snapshotID: 'snap-1', volumeInitializationRate: 200, volumeType: 'io2', deleteOnTermination: true } },
    { deviceName: '/dev/xvdc', ebs: { volumeSize: '1Gi', volumeType: 'gp3', encrypted: false, deleteOnTermination: false } },
  ]);
});

test('the rest of the props has its place', () => {
  expect(nodeClass({
    role: undefined,
    instanceProfile: 'nodes',
    metadataOptions: { httpEndpoint: false, httpProtocolIpv6: true, httpPutResponseHopLimit: 2, httpTokensRequired: false },
    userData: '#!/bin/sh',
    kubelet: {
      clusterDns: ['10.0.0.10'],
      maxPods: 110,
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
  }).spec).toMatchObject({
    instanceProfile: 'nodes',
    metadataOptions: { httpEndpoint: 'disabled', httpProtocolIPv6: 'enabled', httpPutResponseHopLimit: 2, httpTokens: 'optional' },
    userData: '#!/bin/sh',
    kubelet: {
      clusterDNS: ['10.0.0.10'],
      maxPods: 110,
      evictionSoft: { 'memory.available': '10%' },
      evictionSoftGracePeriod: { 'memory.available': '2m' },
      evictionMaxPodGracePeriod: 60,
      imageGCHighThresholdPercent: 80,
      imageGCLowThresholdPercent: 70,
      cpuCFSQuota: false,
    },
    tags: { team: 'shop' },
    detailedMonitoring: true,
    associatePublicIPAddress: false,
    instanceStorePolicy: 'RAID0',
  });
});

test('capacity reservations, placement, network interfaces and the rest have their place', () => {
  expect(nodeClass({
    capacityReservationSelectorTerms: [{ id: 'cr-1' }, { ownerId: '123456789012', tags: { team: '*' }, instanceMatchCriteria: InstanceMatchCriteria.TARGETED }],
    placementGroupSelector: { name: 'tight' },
    networkInterfaces: [
      { networkCardIndex: 0, deviceIndex: 0, interfaceType: NodeNetworkInterfaceType.INTERFACE },
      { networkCardIndex: 0, deviceIndex: 1, interfaceType: NodeNetworkInterfaceType.EFA_ONLY },
      { networkCardIndex: 1, deviceIndex: 0, interfaceType: NodeNetworkInterfaceType.EFA_ONLY },
    ],
    ipPrefixCount: 2,
    connectionTracking: { tcpEstablishedTimeout: Duration.hours(1), udpStreamTimeout: Duration.minutes(2), udpTimeout: Duration.seconds(45) },
    nestedVirtualization: true,
    context: 'x',
  }).spec).toMatchObject({
    capacityReservationSelectorTerms: [{ id: 'cr-1' }, { ownerID: '123456789012', tags: { team: '*' }, instanceMatchCriteria: 'targeted' }],
    placementGroupSelector: { name: 'tight' },
    networkInterfaces: [
      { networkCardIndex: 0, deviceIndex: 0, interfaceType: 'interface' },
      { networkCardIndex: 0, deviceIndex: 1, interfaceType: 'efa-only' },
      { networkCardIndex: 1, deviceIndex: 0, interfaceType: 'efa-only' },
    ],
    ipPrefixCount: 2,
    connectionTracking: { tcpEstablishedTimeout: 3600, udpStreamTimeout: 120, udpTimeout: 45 },
    cpuOptions: { nestedVirtualization: 'enabled' },
    context: 'x',
  });
});

test('fields that no prop has are merged deeply over the props, and null takes a field out', () => {
  const { spec } = nodeClass({ kubelet: { maxPods: 50 }, specOverride: { kubelet: { newField: 1 }, metadataOptions: { httpTokens: null }, amiFamily: 'New' } });
  expect(spec).toMatchObject({ kubelet: { maxPods: 50, newField: 1 }, amiFamily: 'New' });
  expect(spec.metadataOptions).toEqual({ httpEndpoint: 'enabled', httpProtocolIPv6: 'disabled', httpPutResponseHopLimit: 1 });
});

function construct(props: Partial<Ec2NodeClassProps>): Ec2NodeClass {
  return new Ec2NodeClass(new Chart(Testing.app(), 'test'), 'Class', { ...BASE, ...props });
}

test('a class with capacity reservations says that Karpenter needs their feature gate', () => {
  expect(construct({}).featureGates).toEqual([]);
  expect(construct({ capacityReservationSelectorTerms: [{ id: 'cr-1' }] }).featureGates).toEqual(['reservedCapacity']);
});

test('images are pinned to a release of AWS, and the latest get a warning unless they are of Windows', () => {
  const warnings = (alias: string) => construct({ amiSelectorTerms: [{ alias }] }).node.metadata.map(({ type, data }) => [type, data]);
  expect(AmiAlias.al2023()).toEqual({ alias: `al2023@${AmiAlias.AL2023_RELEASE}` });
  expect(AmiAlias.al2023('v20261101')).toEqual({ alias: 'al2023@v20261101' });
  expect(AmiAlias.bottlerocket('v1.40.0')).toEqual({ alias: 'bottlerocket@v1.40.0' });
  expect(warnings(AmiAlias.al2023().alias!)).toEqual([]);
  expect(warnings('al2023@latest')).toEqual([['aws:cdk:warning', expect.stringContaining('has the alias "al2023@latest", so that all its nodes are replaced')]]);
  expect([AmiAlias.windows2019(), AmiAlias.windows2022(), AmiAlias.windows2025()].flatMap(({ alias }) => warnings(alias!))).toEqual([]);
  expect(() => AmiAlias.al2023('latest')).toThrow('"release" is "latest": give v and the date of a release');
  expect(() => AmiAlias.bottlerocket('v20260714')).toThrow('give a version of Bottlerocket');
});

test('ids and names known only at deploy time pass every check', () => {
  const token = Token.asString({ Ref: 'X' });
  expect(nodeClass({ subnetSelectorTerms: [{ id: token }], securityGroupSelectorTerms: [{ id: token }], role: token }).spec.role).toEqual(token);
});

const VOLUME = { deviceName: '/dev/xvda', volumeSize: Size.gibibytes(1) };

test.each<[string, Partial<Ec2NodeClassProps>, string]>([
  ['no image', { amiSelectorTerms: [] }, '"amiSelectorTerms" has 0 terms: give from 1 to 30'],
  ['a term that matches all images', { amiSelectorTerms: [{ owner: 'self' }], amiFamily: AmiFamily.CUSTOM }, '"amiSelectorTerms" has a term that matches anything'],
  ['an alias and another term', { amiSelectorTerms: [{ alias: 'al2023@v1' }, { id: 'ami-1' }] }, 'an alias has to be the only term'],
  ['an alias with a name', { amiSelectorTerms: [{ alias: 'al2023@v1', name: 'x' }] }, 'give "alias" alone'],
  ['an id with an owner in one of several terms', { amiSelectorTerms: [{ name: 'x' }, { id: 'ami-1', owner: 'self' }], amiFamily: AmiFamily.AL2023 }, 'give "id" alone'],
  ['an alias without a version', { amiSelectorTerms: [{ alias: 'al2023' }] }, '"amiSelectorTerms.alias" is "al2023": give FAMILY@VERSION'],
  ['an alias of an unknown family', { amiSelectorTerms: [{ alias: 'ubuntu@latest' }] }, 'the family one of al2, al2023'],
  ['a pinned alias of Windows', { amiSelectorTerms: [{ alias: 'windows2022@v1' }] }, 'give "windows2022@latest"'],
  ['no family where no alias says it', { amiSelectorTerms: [{ id: 'ami-1' }] }, '"amiFamily" is missing'],
  ['a family that is not the one of the alias', { amiFamily: AmiFamily.BOTTLEROCKET }, '"amiFamily" is Bottlerocket but the alias is "al2023@v20260801"'],
  ['no subnets', { subnetSelectorTerms: [] }, '"subnetSelectorTerms" has 0 terms'],
  ['one wrong term among right ones', { subnetSelectorTerms: [{ id: 'subnet-1' }, { id: 'subnet-2', tags: { a: 'b' } }] }, '"subnetSelectorTerms" has a term with "id" and "tags"'],
  ['a subnet id that is none', { subnetSelectorTerms: [{ id: 'vpc-1' }] }, '"subnetSelectorTerms" has the id "vpc-1": give one that begins with "subnet-"'],
  ['an empty tag value', { securityGroupSelectorTerms: [{ tags: { a: '' } }] }, '"securityGroupSelectorTerms" has a term with the tag "a="'],
  ['no tags at all', { securityGroupSelectorTerms: [{ tags: {} }] }, '"securityGroupSelectorTerms" has a term with 0 tags'],
  ['a security group by name and tags', { securityGroupSelectorTerms: [{ name: 'a', tags: { a: 'b' } }] }, 'give "name" alone'],
  ['no identity', { role: undefined }, '"role" and "instanceProfile" are both missing'],
  ['two identities', { instanceProfile: 'x' }, '"role" is "nodes" and "instanceProfile" is "x": give only one of them'],
  ['the ARN of a role', { role: 'arn:aws:iam::123456789012:role/nodes' }, 'give the plain name, not an ARN and without a path'],
  ['a size beside mappings', { rootVolumeSize: Size.gibibytes(1), blockDeviceMappings: [VOLUME] }, '"rootVolumeSize" shapes the default volumes, which "blockDeviceMappings" replaces'],
  ['a size for an unknown image', { amiSelectorTerms: [{ id: 'ami-1' }], amiFamily: AmiFamily.CUSTOM, rootVolumeSize: Size.gibibytes(1) }, 'give "blockDeviceMappings"'],
  ['half a GiB', { rootVolumeSize: Size.mebibytes(512) }, '"rootVolumeSize" is 0.5 GiB: give whole GiB from 1 to 59000'],
  ['two roots', { blockDeviceMappings: [{ ...VOLUME, rootVolume: true }, { ...VOLUME, deviceName: '/dev/xvdb', rootVolume: true }] }, 'give it to one of them'],
  ['the same device twice', { blockDeviceMappings: [VOLUME, VOLUME] }, '"blockDeviceMappings" has "/dev/xvda" more than once'],
  ['a volume without a size', { blockDeviceMappings: [{ deviceName: '/dev/xvda' }] }, 'has /dev/xvda without a size: give a "volumeSize" or a "snapshotId"'],
  ['throughput of an io2 volume', { blockDeviceMappings: [{ ...VOLUME, volumeSize: Size.gibibytes(4), volumeType: EbsVolumeType.IO2, throughput: 125 }] }, 'only gp3 takes it'],
  ['a key for what is not encrypted', { blockDeviceMappings: [{ ...VOLUME, encrypted: false, kmsKeyId: 'key' }] }, 'leave one of them out'],
  ['a rate without a snapshot', { blockDeviceMappings: [{ ...VOLUME, volumeInitializationRate: 100 }] }, 'give a "snapshotId"'],
  ['a slow disk that is too small', { blockDeviceMappings: [{ ...VOLUME, volumeType: EbsVolumeType.ST1 }] }, '"blockDeviceMappings.volumeSize" is 1 GiB but the volume is st1: give from 125'],
  ['a name longer than a label', { name: 'a'.repeat(64) }, '"name" is "'],
  ['an empty name of an image', { amiSelectorTerms: [{ name: '' }], amiFamily: AmiFamily.AL2023 }, '"amiSelectorTerms" has a term whose "name" is empty'],
  ['a reservation by owner alone', { capacityReservationSelectorTerms: [{ ownerId: '123456789012' }] }, '"capacityReservationSelectorTerms" has a term that matches anything'],
  ['one wrong reservation among right ones', { capacityReservationSelectorTerms: [{ id: 'cr-1' }, { id: 'cr-2', tags: { a: 'b' } }] }, 'give "id" alone'],
  ['a reservation id that is none', { capacityReservationSelectorTerms: [{ id: 'r-1' }] }, 'give one that begins with "cr-"'],
  ['an owner that is none', { capacityReservationSelectorTerms: [{ ownerId: 'self', tags: { a: 'b' } }] }, 'give the twelve digits of an account'],
  ['a placement group by nothing', { placementGroupSelector: {} }, 'give it one of "name", "id"'],
  ['a placement group by name and id', { placementGroupSelector: { name: 'a', id: 'pg-1' } }, 'give "id" alone'],
  ['no ordinary interface', { networkInterfaces: [{ networkCardIndex: 1, deviceIndex: 0, interfaceType: NodeNetworkInterfaceType.INTERFACE }] }, 'has no interface of type "interface" with "networkCardIndex" 0'],
  ['two interfaces in a place', { networkInterfaces: [0, 0].map(deviceIndex => ({ networkCardIndex: 0, deviceIndex, interfaceType: NodeNetworkInterfaceType.INTERFACE })) },
    'has two interfaces with "networkCardIndex" 0 and "deviceIndex" 0'],
  ['two fabric adapters on a card', { networkInterfaces: [1, 2].map(deviceIndex => ({ networkCardIndex: 0, deviceIndex, interfaceType: NodeNetworkInterfaceType.EFA_ONLY })) },
    'has two interfaces of type "efa-only" on the network card 0'],
  ['connections that are tracked by default', { connectionTracking: {} }, '"connectionTracking" is empty: give at least one of'],
  ['UDP flows forgotten too early', { connectionTracking: { udpTimeout: Duration.seconds(10) } }, '"connectionTracking.udpTimeout" is 10 seconds: give whole seconds from 30 to 60'],
  ['user data that EC2 does not take', { userData: 'x'.repeat(20_000) }, '"userData" has 20000 bytes: give at most 16384'],
  ["a tag of AWS's own", { tags: { 'aws:x': 'y' } }, 'AWS keeps tags that begin with "aws:" to itself'],
  ['a DNS server by name', { kubelet: { clusterDns: ['dns'] } }, '"kubelet.clusterDns" has "dns": give IP addresses'],
  ['less than nothing in reserve', { kubelet: { kubeReserved: { cpu: '-0' } } }, '"kubelet.kubeReserved.cpu" is "-0"'],
  ['a hop limit of 65', { metadataOptions: { httpPutResponseHopLimit: 65 } }, 'give a whole number from 1 to 64'],
  ["a tag of Karpenter's own", { tags: { 'karpenter.sh/nodepool': 'x' } }, '"tags" has "karpenter.sh/nodepool", which Karpenter sets by itself'],
  ["a tag of the cluster's own", { tags: { 'kubernetes.io/cluster/a': 'owned' } }, 'which Karpenter sets by itself'],
  ['an unknown eviction signal', { kubelet: { evictionHard: { memory: '5%' } } }, '"kubelet.evictionHard" has "memory": give only "memory.available"'],
  ['a soft eviction without a time', { kubelet: { evictionSoft: { 'pid.available': '5%' } } }, 'but "kubelet.evictionSoftGracePeriod" does not: give it in both'],
  ['a share of 200%', { kubelet: { evictionHard: { 'memory.available': '200%' } } }, '"kubelet.evictionHard.memory.available" is "200%"'],
  ['an unknown resource to reserve', { kubelet: { kubeReserved: { gpu: '1' } } }, '"kubelet.kubeReserved" has "gpu"'],
  ['image thresholds the wrong way round', { kubelet: { imageGcHighThresholdPercent: 70, imageGcLowThresholdPercent: 80 } }, 'give a higher high threshold'],
])('%s is refused', (_, props, message) => {
  expect(() => nodeClass(props)).toThrow(message);
});
