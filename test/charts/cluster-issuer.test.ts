import { only, render } from './render';
import { ClusterIssuer } from '../../src/charts/cluster-issuer';
import { AcmeRoute53Options, AcmeServer, IssuerConfig } from '../../src/charts/issuer-config';

const issuer = (config: IssuerConfig, name: string | undefined = 'letsencrypt') =>
  only(render(chart => new ClusterIssuer(chart, 'Issuer', { name, config }), { namespace: 'shop' }), 'ClusterIssuer');

test('an issuer of Let\'s Encrypt proves names in the zone that they belong to', () => {
  expect(issuer(IssuerConfig.acmeRoute53({
    email: 'platform@example.com',
    zones: [{ hostedZoneId: 'Z1', zoneName: 'example.com' }, { hostedZoneId: 'Z2', zoneName: 'example.org', roleArn: 'arn:aws:iam::111122223333:role/x' }, { hostedZoneId: 'Z3' }],
  }))).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: 'letsencrypt' },
    spec: {
      acme: {
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        email: 'platform@example.com',
        privateKeySecretRef: { name: 'letsencrypt-account-key' },
        solvers: [
          { selector: { dnsZones: ['example.com'] }, dns01: { route53: { hostedZoneID: 'Z1' } } },
          { selector: { dnsZones: ['example.org'] }, dns01: { route53: { hostedZoneID: 'Z2', role: 'arn:aws:iam::111122223333:role/x' } } },
          { dns01: { route53: { hostedZoneID: 'Z3' } } },
        ],
      },
    },
  });
});

test('server, profile and account key can be chosen', () => {
  expect(issuer(IssuerConfig.acmeRoute53({
    zones: [{ hostedZoneId: 'Z1' }], server: AcmeServer.LETS_ENCRYPT_STAGING, profile: 'shortlived', accountKeySecretName: 'key',
  })).spec.acme).toMatchObject({ server: AcmeServer.LETS_ENCRYPT_STAGING, profile: 'shortlived', privateKeySecretRef: { name: 'key' } });
});

test('issuers can sign themselves, by a certificate authority of one\'s own, or in any other way', () => {
  expect(issuer(IssuerConfig.selfSigned()).spec).toEqual({ selfSigned: {} });
  expect(issuer(IssuerConfig.ca('root')).spec).toEqual({ ca: { secretName: 'root' } });
  expect(issuer(IssuerConfig.of({ vault: { server: 's', path: 'p' } })).spec).toEqual({ vault: { path: 'p', server: 's' } });
});

test('without a name the chart makes one, and the account key goes by it', () => {
  const { metadata, spec } = only(render(chart => new ClusterIssuer(chart, 'Issuer', { config: IssuerConfig.acmeRoute53({ zones: [{ hostedZoneId: 'Z1' }] }) })), 'ClusterIssuer');
  expect(metadata.name).toMatch(/^test-issuer-/);
  expect(spec.acme.privateKeySecretRef.name).toBe(`${metadata.name}-account-key`);
});

test.each<[string, AcmeRoute53Options, string]>([
  ['no zone', { zones: [] }, '"zones" is empty'],
  ['two zones without names', { zones: [{ hostedZoneId: 'Z1' }, { hostedZoneId: 'Z2' }] }, '"zones" has several without a "zoneName"'],
  ['a server that is no address', { zones: [{ hostedZoneId: 'Z1' }], server: 'letsencrypt' }, '"server" is "letsencrypt"'],
])('%s is refused', (_, options, message) => {
  expect(() => IssuerConfig.acmeRoute53(options)).toThrow(message);
});

test('a name that is none is refused', () => {
  expect(() => issuer(IssuerConfig.selfSigned(), 'Issuer')).toThrow('"name" is "Issuer"');
});
