import { Match, Template } from 'aws-cdk-lib/assertions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { addonConfiguration, inlinePolicies, newStack, permissions, referenceYaml, unknownKeys } from './fixtures';
import { ExternalDns, ExternalDnsOptions, ExternalDnsPolicy } from '../../src/addons/external-dns';
import { newCluster } from '../clusters';
import { describeWithReference } from '../reference';

const templateOf = (options: (zones: Record<'own' | 'named' | 'byId', route53.IHostedZone>) => Partial<ExternalDnsOptions> = () => ({})) => {
  const stack = newStack();
  const zones = {
    own: new route53.PublicHostedZone(stack, 'Own', { zoneName: 'example.com' }),
    named: route53.HostedZone.fromHostedZoneAttributes(stack, 'Named', { hostedZoneId: 'Z1', zoneName: 'example.org' }),
    byId: route53.HostedZone.fromHostedZoneId(stack, 'ById', 'Z2'),
  };
  new ExternalDns(stack, 'Dns', { cluster: newCluster(stack), hostedZones: [zones.own, zones.named], ...options(zones) });
  return Template.fromStack(stack);
};

test('it looks after the names of its zones, and marks records as the cluster\'s', () => {
  expect(addonConfiguration(templateOf(), 'external-dns')).toEqual({
    domainFilters: ['example.com', 'example.org'],
    policy: 'upsert-only',
    sources: ['service', 'ingress'],
    registry: 'txt',
    txtOwnerId: expect.stringMatching(/^\$\{Cluster/),
  });
});

test('each option has its place', () => {
  expect(addonConfiguration(templateOf(({ byId }) => ({
    hostedZones: [byId], domainFilters: ['a.example.net'], policy: ExternalDnsPolicy.SYNC, sources: ['gateway-httproute'], txtOwnerId: 'blue',
  })), 'external-dns')).toEqual({ domainFilters: ['a.example.net'], policy: 'sync', sources: ['gateway-httproute'], registry: 'txt', txtOwnerId: 'blue' });
});

test('the role is that of the add-on\'s service account', () => {
  templateOf().hasResourceProperties('AWS::EKS::Addon', {
    AddonName: 'external-dns', PodIdentityAssociations: [{ ServiceAccount: 'external-dns', RoleArn: Match.anyValue() }],
  });
});

test('a zone without a name needs domain filters', () => {
  expect(() => templateOf(({ byId }) => ({ hostedZones: [byId] }))).toThrow('"domainFilters" is missing, and hosted zone Stack/ById was imported without its name');
});

test('no zone at all is refused', () => {
  expect(() => templateOf(() => ({ hostedZones: [] }))).toThrow('"hostedZones" is empty');
});

describeWithReference('compared with the project', dir => {
  test('it may do what the project asks for, but in its zones only', () => {
    const own = permissions(inlinePolicies(templateOf(({ named }) => ({ hostedZones: [named] })), 'DnsRole').Records);
    const upstream = permissions(referenceYaml(dir, 'iam/external-dns-v0.22.0/route53.json'));
    expect(own).toEqual(upstream.map(permission => permission.replace('arn:aws:route53:::hostedzone/*', 'arn:${AWS::Partition}:route53:::hostedzone/Z1')));
  });

  test('every value exists in the chart', () => {
    expect(unknownKeys(addonConfiguration(templateOf(), 'external-dns'), referenceYaml(dir, 'values/external-dns-1.21.1.values.yaml'))).toEqual([]);
  });
});
