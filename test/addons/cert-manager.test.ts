import { Match, Template } from 'aws-cdk-lib/assertions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { chartObjects, newStack, permissions, releaseValues, text, withHelm } from './fixtures';
import { CertManager } from '../../src/addons/cert-manager';
import { IssuerConfig } from '../../src/charts/issuer-config';
import { newCluster } from '../clusters';

function certManager() {
  const stack = newStack();
  const add = new CertManager(stack, 'Certs', { cluster: withHelm(newCluster(stack)) });
  const zone = (id: string) => route53.HostedZone.fromHostedZoneAttributes(stack, id, { hostedZoneId: id, zoneName: `${id.toLowerCase()}.example.com` });
  return { stack, add, zone, template: () => Template.fromStack(stack) };
}

test('its definitions come with the chart, are upgraded with it, and stay when it goes', () => {
  expect(releaseValues(certManager().template(), 'cert-manager').crds).toEqual({ enabled: true, keep: true });
});

test('each part survives the drain of a node', () => {
  const values = releaseValues(certManager().template(), 'cert-manager');
  for (const part of [values, values.webhook, values.cainjector]) {
    expect(part.replicaCount).toBeGreaterThan(part.podDisruptionBudget.minAvailable);
  }
});

test('it may do nothing before an issuer needs it', () => {
  const { add, template } = certManager();
  add.addIssuer('SelfSigned', IssuerConfig.selfSigned());
  expect(chartObjects(template())).toEqual([{ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'selfsigned' }, spec: { selfSigned: {} } }]);
  template().resourcePropertiesCountIs('AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('^Certs') }] }, 0);
});

test('ACME issuers may write TXT records in their zones: what the project asks for, without looking for zones', () => {
  const { add, zone, template } = certManager();
  add.addAcmeIssuer('LetsEncrypt', { hostedZones: [zone('Z1')], email: 'platform@example.com' });
  add.addAcmeIssuer('Other', { hostedZones: [zone('Z2')], name: 'other-ca', server: 'https://acme.example/directory' });

  const policies = Object.values(template().findResources('AWS::IAM::Policy')).filter(policy => policy.Properties.Roles[0].Ref.startsWith('Certs'));
  expect(policies).toHaveLength(1);
  const txt = '{"ForAllValues:StringEquals":{"route53:ChangeResourceRecordSetsRecordTypes":["TXT"]}}';
  const short = (permission: string) => permission.replace('arn:${AWS::Partition}:route53:::', '');
  expect(permissions(text(policies[0].Properties.PolicyDocument)).map(short)).toEqual([
    `Allow route53:ChangeResourceRecordSets on hostedzone/Z1 if ${txt}`,
    `Allow route53:ChangeResourceRecordSets on hostedzone/Z2 if ${txt}`,
    'Allow route53:GetChange on change/* if {}',
    `Allow route53:ListResourceRecordSets on hostedzone/Z1 if ${txt}`,
    `Allow route53:ListResourceRecordSets on hostedzone/Z2 if ${txt}`,
  ]);
  const [issuer] = chartObjects(template(), 'CertsLetsEncrypt');
  expect(issuer).toMatchObject({
    metadata: { name: 'letsencrypt' },
    spec: { acme: { email: 'platform@example.com', solvers: [{ selector: { dnsZones: ['z1.example.com'] }, dns01: { route53: { hostedZoneID: 'Z1' } } }] } },
  });
  expect(chartObjects(template(), 'CertsOther')[0]).toMatchObject({ metadata: { name: 'other-ca' }, spec: { acme: { server: 'https://acme.example/directory' } } });
});

test('issuers come after cert-manager, and go before it', () => {
  const { add, template } = certManager();
  add.addIssuer('SelfSigned', IssuerConfig.selfSigned());
  template().hasResource('Custom::EKSSlipway-Chart', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^CertsRelease')]) });
});

test('a zone that was imported without its name takes all names, if it is the only one', () => {
  const { stack, add, zone, template } = certManager();
  const byId = route53.HostedZone.fromHostedZoneId(stack, 'ById', 'Z9');
  expect(() => add.addAcmeIssuer('None', { hostedZones: [] })).toThrow('"hostedZones" of issuer "None" is empty');
  add.addAcmeIssuer('LetsEncrypt', { hostedZones: [byId, zone('Z1')] });
  expect(chartObjects(template())[0].spec.acme.solvers[0]).toEqual({ dns01: { route53: { hostedZoneID: 'Z9' } } });
});
