import { Duration, Token } from 'aws-cdk-lib';
import { only, render } from './render';
import { AlbBackendProtocol, AlbBackendProtocolVersion, AlbIngress, AlbIngressProps, AlbIpAddressType, IngressPathType } from '../../src/charts/alb-ingress';
import { HealthCheckProtocol, LoadBalancerScheme, LoadBalancerTargetType } from '../../src/charts/load-balancer-options';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
const RULES = [{ serviceName: 'orders' }];

function ingress(props: Partial<AlbIngressProps> = {}): any {
  return only(render(chart => new AlbIngress(chart, 'Ingress', { rules: RULES, ...props })), 'Ingress');
}

/** The controller's annotations, without their prefix. */
function annotations(props: Partial<AlbIngressProps> = {}): Record<string, string> {
  const all = ingress(props).metadata.annotations;
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key.replace('alb.ingress.kubernetes.io/', ''), value as string]));
}

test('a rule is enough for an internal load balancer to pods that listens on HTTP', () => {
  expect(ingress().spec).toEqual({
    ingressClassName: 'alb',
    rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'orders', port: { number: 80 } } } }] } }],
  });
  expect(annotations()).toEqual({
    'scheme': 'internal',
    'target-type': 'ip',
    'listen-ports': '[{"HTTP":80}]',
    'load-balancer-attributes': 'routing.http.drop_invalid_header_fields.enabled=true',
    'target-group-attributes': 'deregistration_delay.timeout_seconds=30',
  });
});

test('a certificate brings HTTPS with a current policy, and HTTP that is redirected', () => {
  expect(annotations({ certificateArns: [CERTIFICATE] })).toMatchObject({
    'certificate-arn': CERTIFICATE,
    'listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
    'ssl-redirect': '443',
    'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  });
});

test('certificates can be found by host, ports moved and the redirect left out', () => {
  const result = annotations({ https: true, rules: [{ host: 'a.example.com', serviceName: 'a' }], httpsPort: 8443, httpPort: 8080, sslRedirect: false });
  expect(result).toMatchObject({ 'listen-ports': '[{"HTTP":8080},{"HTTPS":8443}]' });
  expect(result).not.toHaveProperty('ssl-redirect');
  expect(result).not.toHaveProperty('certificate-arn');
});

test('every prop becomes the annotation that the controller knows', () => {
  expect(annotations({
    scheme: LoadBalancerScheme.INTERNET_FACING,
    targetType: LoadBalancerTargetType.INSTANCE,
    group: { name: 'shop', order: -5 },
    loadBalancerName: 'shop',
    certificateArns: [CERTIFICATE, `${CERTIFICATE}b`],
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    subnets: ['subnet-b', 'subnet-a'],
    inboundCidrs: ['0.0.0.0/0', '::/0'],
    inboundPrefixLists: ['pl-1'],
    ipAddressType: AlbIpAddressType.DUALSTACK_WITHOUT_PUBLIC_IPV4,
    backendProtocol: AlbBackendProtocol.HTTPS,
    backendProtocolVersion: AlbBackendProtocolVersion.GRPC,
    healthCheck: {
      path: '/health',
      port: 9000,
      protocol: HealthCheckProtocol.HTTPS,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(9),
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 4,
      successCodes: '200-299',
    },
    deregistrationDelay: Duration.minutes(1),
    loadBalancerAttributes: { 'idle_timeout.timeout_seconds': '120' },
    targetGroupAttributes: { 'slow_start.duration_seconds': '30' },
    tags: { team: 'shop', env: 'prod' },
    wafAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1',
    shieldAdvancedProtection: true,
  })).toEqual({
    'scheme': 'internet-facing',
    'target-type': 'instance',
    'group.name': 'shop',
    'group.order': '-5',
    'load-balancer-name': 'shop',
    'listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
    'ssl-redirect': '443',
    'certificate-arn': `${CERTIFICATE},${CERTIFICATE}b`,
    'ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06',
    'subnets': 'subnet-b,subnet-a',
    'inbound-cidrs': '0.0.0.0/0,::/0',
    'security-group-prefix-lists': 'pl-1',
    'ip-address-type': 'dualstack-without-public-ipv4',
    'backend-protocol': 'HTTPS',
    'backend-protocol-version': 'GRPC',
    'healthcheck-path': '/health',
    'healthcheck-port': '9000',
    'healthcheck-protocol': 'HTTPS',
    'healthcheck-interval-seconds': '10',
    'healthcheck-timeout-seconds': '9',
    'healthy-threshold-count': '3',
    'unhealthy-threshold-count': '4',
    'success-codes': '200-299',
    'load-balancer-attributes': 'idle_timeout.timeout_seconds=120,routing.http.drop_invalid_header_fields.enabled=true',
    'target-group-attributes': 'deregistration_delay.timeout_seconds=60,slow_start.duration_seconds=30',
    'tags': 'env=prod,team=shop',
    'wafv2-acl-arn': 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1',
    'shield-advanced-protection': 'true',
  });
});

test('security groups of your own can reach the pods', () => {
  expect(annotations({ securityGroups: ['sg-1'] })).toMatchObject({ 'security-groups': 'sg-1', 'manage-backend-security-group-rules': 'true' });
  expect(annotations({ securityGroups: ['sg-1'], manageBackendSecurityGroupRules: false })).toMatchObject({ 'manage-backend-security-group-rules': 'false' });
});

test('attributes and annotations of the user win', () => {
  expect(annotations({
    loadBalancerAttributes: { 'routing.http.drop_invalid_header_fields.enabled': 'false' },
    targetGroupAttributes: { 'deregistration_delay.timeout_seconds': '5' },
    annotations: { 'alb.ingress.kubernetes.io/scheme': 'internet-facing', 'alb.ingress.kubernetes.io/actions.x': '{}' },
  })).toMatchObject({
    'scheme': 'internet-facing',
    'actions.x': '{}',
    'load-balancer-attributes': 'routing.http.drop_invalid_header_fields.enabled=false',
    'target-group-attributes': 'deregistration_delay.timeout_seconds=5',
  });
});

test('rules of one host stand together, in the order given', () => {
  const rules = ingress({
    rules: [
      { host: 'a.example.com', path: '/api', serviceName: 'api' },
      { host: '*.example.com', serviceName: 'any' },
      { host: 'a.example.com', path: '/img/*', pathType: IngressPathType.IMPLEMENTATION_SPECIFIC, serviceName: 'img', servicePort: 8080 },
    ],
  }).spec.rules;
  expect(rules.map((rule: any) => [rule.host, rule.http.paths.map((path: any) => [path.path, path.backend.service.name])])).toEqual([
    ['a.example.com', [['/api', 'api'], ['/img/*', 'img']]],
    ['*.example.com', [['/', 'any']]],
  ]);
});

test('values known only at deploy time pass every check', () => {
  const token = (name: string) => Token.asString({ Ref: name });
  const certificate = token('Certificate');
  const result = annotations({
    scheme: LoadBalancerScheme.INTERNET_FACING,
    certificateArns: [certificate],
    inboundCidrs: [token('Cidr')],
    wafAclArn: token('Acl'),
    loadBalancerName: token('Name'),
    subnets: [token('A'), token('B')],
    tags: { env: token('Env') },
  });
  expect(result['certificate-arn']).toEqual(certificate);
});

const PUBLIC = { scheme: LoadBalancerScheme.INTERNET_FACING, inboundCidrs: ['0.0.0.0/0'] };

test.each<[string, Partial<AlbIngressProps>, string]>([
  ['no rules', { rules: [] }, '"rules" is empty: give at least one rule'],
  ['a host that is none', { rules: [{ host: 'a_b.example.com', serviceName: 'a' }] }, '"rules.host" is "a_b.example.com"'],
  ['a path without a slash', { rules: [{ path: 'api', serviceName: 'a' }] }, '"rules.path" is "api": give a path that begins with "/"'],
  ['a wildcard in a prefix', { rules: [{ path: '/api/*', serviceName: 'a' }] }, '"rules.path" is "/api/*": give it the "pathType" ImplementationSpecific, which wildcards need'],
  ['the same rule twice', { rules: [...RULES, ...RULES] }, '"rules" has * / Prefix more than once'],
  ['a redirect without HTTPS', { sslRedirect: true }, '"sslRedirect" is true, but there is no HTTPS: give "certificateArns" or "https"'],
  ['a TLS policy without HTTPS', { sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }, '"sslPolicy" is ELBSecurityPolicy-TLS13-1-3-2021-06, but there is no HTTPS'],
  ['certificates without HTTPS', { https: false, certificateArns: [CERTIFICATE] }, '"https" is false but there are "certificateArns"'],
  ['HTTPS with nothing to find a certificate for', { https: true }, '"https" is true but there are neither "certificateArns" nor hosts'],
  ['a certificate that is no ARN', { certificateArns: ['shop'] }, '"certificateArns" has "shop": give an ARN'],
  ['gRPC without HTTPS', { backendProtocolVersion: AlbBackendProtocolVersion.GRPC }, '"backendProtocolVersion" is GRPC, which needs clients that connect with HTTPS'],
  ['two listeners on one port', { certificateArns: [CERTIFICATE], httpPort: 443 }, '"httpPort" and "httpsPort" are both 443'],
  ['a long name', { loadBalancerName: 'x'.repeat(33) }, 'give at most 32 letters, digits and hyphens'],
  ['a name that AWS keeps', { loadBalancerName: 'internal-shop' }, '"loadBalancerName" is "internal-shop"'],
  ['a group order out of range', { group: { name: 'shop', order: 1001 } }, '"group.order" is 1001: give a whole number from -1000 to 1000'],
  ['a group name that is none', { group: { name: 'Shop' } }, '"group.name" is "Shop"'],
  ['an open door nobody asked for', { scheme: LoadBalancerScheme.INTERNET_FACING }, '"scheme" is internet-facing but nothing says who may connect'],
  ['an internal one with public addresses', { ipAddressType: AlbIpAddressType.DUALSTACK_WITHOUT_PUBLIC_IPV4 }, 'but "scheme" is internal'],
  ['an internal one with Shield', { shieldAdvancedProtection: true }, '"shieldAdvancedProtection" is true but "scheme" is internal'],
  ['an address instead of a CIDR', { ...PUBLIC, inboundCidrs: ['10.0.0.1'] }, '"inboundCidrs" has "10.0.0.1" without a prefix length'],
  ['CIDRs that your security groups would not get', { ...PUBLIC, securityGroups: ['sg-1'] }, '"inboundCidrs" shapes the security group that the controller makes'],
  ['backend rules without a security group', { manageBackendSecurityGroupRules: true }, '"manageBackendSecurityGroupRules" is true without "securityGroups"'],
  ['a single subnet', { subnets: ['subnet-1'] }, '"subnets" has only "subnet-1"'],
  ['a health check that takes as long as its interval', { healthCheck: { timeout: Duration.seconds(15) } }, '"healthCheck.timeout" is 15 seconds but "healthCheck.interval" is 15'],
  ['a health check every second', { healthCheck: { interval: Duration.seconds(1) } }, '"healthCheck.interval" is 1 seconds: give whole seconds from 5 to 300'],
  ['a health check by TCP', { healthCheck: { protocol: HealthCheckProtocol.TCP } }, '"healthCheck.protocol" is TCP'],
  ['a threshold out of range', { healthCheck: { healthyThresholdCount: 1 } }, '"healthCheck.healthyThresholdCount" is 1: give a whole number from 2 to 10'],
  ['a web ACL of CloudFront', { wafAclArn: 'arn:aws:wafv2:us-east-1:1:global/webacl/a/b' }, '"wafAclArn" is "arn:aws:wafv2:us-east-1:1:global/webacl/a/b"'],
  ['a tag with a comma', { tags: { team: 'a,b' } }, '"tags" has "team" with the value "a,b"'],
  ['a delay of two hours', { deregistrationDelay: Duration.hours(2) }, '"deregistrationDelay" is 7200 seconds: give whole seconds from 0 to 3600'],
])('%s is refused', (_, props, message) => {
  expect(() => ingress(props)).toThrow(message);
});

test('a member of a group need not repeat who may connect', () => {
  expect(annotations({ scheme: LoadBalancerScheme.INTERNET_FACING, group: { name: 'shop' } })).not.toHaveProperty('inbound-cidrs');
});
