import { Size, Token } from 'aws-cdk-lib';
import { only, render } from './render';
import { AutoModeNodeClass, AutoModeNodeClassProps } from '../../src/charts/auto-mode-node-class';
import { AutoModeIpv4PrefixSize, AutoModeNetworkPolicy, AutoModeSnatPolicy } from '../../src/charts/auto-mode-node-class-options';
import { NodePool } from '../../src/charts/node-pool';

const BASE: AutoModeNodeClassProps = {
  name: 'private',
  role: 'auto-nodes',
  subnetSelectorTerms: [{ id: 'subnet-1' }],
  securityGroupSelectorTerms: [{ id: 'sg-1' }],
};

function nodeClass(props: Partial<AutoModeNodeClassProps> = {}): any {
  return only(render(chart => new AutoModeNodeClass(chart, 'Class', { ...BASE, ...props })), 'NodeClass');
}

test('role and network are enough', () => {
  expect(nodeClass()).toEqual({
    apiVersion: 'eks.amazonaws.com/v1',
    kind: 'NodeClass',
    metadata: { name: 'private' },
    spec: { role: 'auto-nodes', subnetSelectorTerms: [{ id: 'subnet-1' }], securityGroupSelectorTerms: [{ id: 'sg-1' }] },
  });
});

test('a pool finds its class, or the one that EKS makes itself', () => {
  const manifest = render(chart => {
    const { ref } = new AutoModeNodeClass(chart, 'Class', BASE);
    new NodePool(chart, 'Own', { name: 'own', nodeClassRef: ref });
    new NodePool(chart, 'Default', { name: 'default', nodeClassRef: AutoModeNodeClass.DEFAULT });
  });
  expect(manifest.filter(({ kind }) => kind === 'NodePool').map(({ spec }) => spec.template.spec.nodeClassRef)).toEqual([
    { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'private' },
    { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' },
  ]);
});

test('each prop has its place', () => {
  expect(nodeClass({
    role: undefined,
    instanceProfile: 'auto-nodes',
    podSubnetSelectorTerms: [{ tags: { pods: '*' } }],
    podSecurityGroupSelectorTerms: [{ name: 'pods' }],
    snatPolicy: AutoModeSnatPolicy.DISABLED,
    networkPolicy: AutoModeNetworkPolicy.DEFAULT_DENY,
    networkPolicyEventLogs: true,
    ephemeralStorage: { size: Size.gibibytes(160), iops: 6000, throughput: 250, kmsKeyId: 'key' },
    advancedNetworking: { associatePublicIpAddress: false, httpsProxy: 'http://proxy:3128', noProxy: ['.internal'], ipv4PrefixSize: AutoModeIpv4PrefixSize.SINGLE },
    certificateBundles: [{ name: 'proxy', data: 'LS0tLS1CRUdJTg==' }],
    fips: true,
    capacityReservationSelectorTerms: [{ id: 'cr-1' }, { tags: { a: 'b' } }],
    tags: { team: 'shop' },
    specOverride: { snatPolicy: null, newField: 1 },
  }).spec).toEqual({
    instanceProfile: 'auto-nodes',
    subnetSelectorTerms: [{ id: 'subnet-1' }],
    securityGroupSelectorTerms: [{ id: 'sg-1' }],
    podSubnetSelectorTerms: [{ tags: { pods: '*' } }],
    podSecurityGroupSelectorTerms: [{ name: 'pods' }],
    networkPolicy: 'DefaultDeny',
    networkPolicyEventLogs: 'Enabled',
    ephemeralStorage: { size: '160Gi', iops: 6000, throughput: 250, kmsKeyID: 'key' },
    advancedNetworking: { associatePublicIPAddress: false, httpsProxy: 'http://proxy:3128', noProxy: ['.internal'], ipv4PrefixSize: '32' },
    certificateBundles: [{ name: 'proxy', data: 'LS0tLS1CRUdJTg==' }],
    advancedSecurity: { fips: true },
    capacityReservationSelectorTerms: [{ id: 'cr-1' }, { tags: { a: 'b' } }],
    tags: { team: 'shop' },
    newField: 1,
  });
});

test('what is known only at deploy time passes every check', () => {
  const token = Token.asString({ Ref: 'X' });
  expect(nodeClass({ role: token, subnetSelectorTerms: [{ id: token }], securityGroupSelectorTerms: [{ id: token }] }).spec.role).toEqual(token);
});

test.each<[string, Partial<AutoModeNodeClassProps>, string]>([
  ["the name of EKS's own class", { name: 'default' }, '"name" is "default", which is EKS\'s own node class'],
  ['no identity', { role: undefined }, '"role" and "instanceProfile" are both missing'],
  ['two identities', { instanceProfile: 'x' }, 'give only one of them'],
  ['no subnets', { subnetSelectorTerms: [] }, '"subnetSelectorTerms" has 0 terms'],
  ['subnets of pods without their security groups', { podSubnetSelectorTerms: [{ id: 'subnet-1' }] }, '"podSubnetSelectorTerms" is given without "podSecurityGroupSelectorTerms"'],
  ['a wrong subnet of pods', { podSubnetSelectorTerms: [{ id: 'x' }], podSecurityGroupSelectorTerms: [{ id: 'sg-1' }] }, '"podSubnetSelectorTerms" has the id "x"'],
  ['too many I/O operations', { ephemeralStorage: { iops: 20000 } }, '"ephemeralStorage.iops" is 20000: give a whole number from 3000 to 16000'],
  ['too little throughput', { ephemeralStorage: { throughput: 100 } }, '"ephemeralStorage.throughput" is 100'],
  ['a certificate as plain text', { certificateBundles: [{ name: 'ca', data: '-----BEGIN CERTIFICATE-----' }] }, '"certificateBundles.data" of "ca" is not encoded with base64'],
  ["a tag of EKS's own", { tags: { 'eks.amazonaws.com/nodeclass': 'x' } }, 'which Karpenter sets by itself'],
])('%s is refused', (_, props, message) => {
  expect(() => nodeClass(props)).toThrow(message);
});
