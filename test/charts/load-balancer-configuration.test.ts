import { only, render } from './render';
import { LoadBalancerConfiguration, LoadBalancerConfigurationProps } from '../../src/charts/load-balancer-configuration';
import { LoadBalancerScheme } from '../../src/charts/load-balancer-options';

const configuration = (props?: LoadBalancerConfigurationProps) =>
  only(render(chart => new LoadBalancerConfiguration(chart, 'Config', { name: 'public', ...props }), { namespace: 'gateways' }), 'LoadBalancerConfiguration');

test('load balancers are internal unless told', () => {
  expect(configuration()).toEqual({
    apiVersion: 'gateway.k8s.aws/v1', kind: 'LoadBalancerConfiguration', metadata: { name: 'public', namespace: 'gateways' }, spec: { scheme: 'internal' },
  });
});

const certificate = (id: string) => `arn:aws:acm:eu-west-1:111122223333:certificate/${id}`;

test('each prop has its place, and TLS is not of yesterday', () => {
  expect(configuration({
    scheme: LoadBalancerScheme.INTERNET_FACING,
    sourceRanges: ['0.0.0.0/0'],
    securityGroups: ['sg-1'],
    subnets: ['subnet-1', 'subnet-2'],
    listeners: [{ protocolPort: 'HTTPS:443', certificateArns: ['a', 'b', 'c'].map(certificate) }, { protocolPort: 'TLS:8443', sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }, { protocolPort: 'TCP:1883' }],
    attributes: { 'idle_timeout.timeout_seconds': '60', 'deletion_protection.enabled': 'true' },
    tags: { team: 'shop' },
    more: { mergingMode: 'prefer-gateway', scheme: 'internal' },
  }).spec).toEqual({
    scheme: 'internal',
    sourceRanges: ['0.0.0.0/0'],
    securityGroups: ['sg-1'],
    loadBalancerSubnets: [{ identifier: 'subnet-1' }, { identifier: 'subnet-2' }],
    listenerConfigurations: [
      { protocolPort: 'HTTPS:443', defaultCertificate: certificate('a'), certificates: ['b', 'c'].map(certificate), sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
      { protocolPort: 'TLS:8443', sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' },
      { protocolPort: 'TCP:1883' },
    ],
    loadBalancerAttributes: [{ key: 'deletion_protection.enabled', value: 'true' }, { key: 'idle_timeout.timeout_seconds', value: '60' }],
    tags: { team: 'shop' },
    mergingMode: 'prefer-gateway',
  });
});

test.each<[string, LoadBalancerConfigurationProps, string]>([
  ['the internet without saying who', { scheme: LoadBalancerScheme.INTERNET_FACING }, '"scheme" is internet-facing but nothing says who may connect'],
  ['a port that is none', { listeners: [{ protocolPort: 'HTTPS:70000' }] }, '"protocolPort" is "HTTPS:70000"'],
  ['a protocol that is none', { listeners: [{ protocolPort: 'QUIC:443' }] }, '"protocolPort" is "QUIC:443"'],
  ['certificates without TLS', { listeners: [{ protocolPort: 'HTTP:80', certificateArns: ['a'] }] }, '"listeners" has certificates for "HTTP:80"'],
  ['a range that is none', { sourceRanges: ['10.0.0.1/8'] }, '"sourceRanges" has "10.0.0.1/8"'],
])('%s is refused', (_, props, message) => {
  expect(() => configuration(props)).toThrow(message);
});
