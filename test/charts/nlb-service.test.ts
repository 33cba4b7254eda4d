import { Duration } from 'aws-cdk-lib';
import { only, render } from './render';
import { HealthCheckProtocol, LoadBalancerScheme, LoadBalancerTargetType } from '../../src/charts/load-balancer-options';
import { NlbAlpnPolicy, NlbIpAddressType, NlbProtocol, NlbService, NlbServiceProps } from '../../src/charts/nlb-service';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
const SELECTOR = { app: 'mqtt' };

function service(props: Partial<NlbServiceProps> = {}): any {
  return only(render(chart => new NlbService(chart, 'Nlb', { selector: SELECTOR, ports: [{ port: 1883 }], ...props })), 'Service');
}

/** The controller's annotations, without their prefix. */
function annotations(props: Partial<NlbServiceProps> = {}): Record<string, string> {
  const all = service(props).metadata.annotations;
  return Object.fromEntries(Object.entries(all).map(([key, value]) =>
    [key.replace('service.beta.kubernetes.io/aws-load-balancer-', ''), value as string]));
}

test('a port is enough for an internal load balancer to pods, of the controller and not of the cloud provider', () => {
  expect(service().spec).toEqual({
    type: 'LoadBalancer',
    loadBalancerClass: 'service.k8s.aws/nlb',
    allocateLoadBalancerNodePorts: false,
    selector: SELECTOR,
    ports: [{ port: 1883, targetPort: 1883, protocol: 'TCP' }],
  });
  expect(annotations()).toEqual({
    'scheme': 'internal',
    'nlb-target-type': 'ip',
    'target-group-attributes': 'deregistration_delay.timeout_seconds=30',
  });
});

test('nodes as targets need node ports', () => {
  expect(service({ targetType: LoadBalancerTargetType.INSTANCE }).spec.allocateLoadBalancerNodePorts).toBe(true);
});

test('EKS Auto Mode has a class of its own', () => {
  expect(service({ loadBalancerClass: 'eks.amazonaws.com/nlb' }).spec.loadBalancerClass).toBe('eks.amazonaws.com/nlb');
});

test('every prop becomes what the controller reads', () => {
  const props: Partial<NlbServiceProps> = {
    scheme: LoadBalancerScheme.INTERNET_FACING,
    loadBalancerName: 'mqtt',
    ports: [{ name: 'mqtts', port: 8883, targetPort: 1883 }, { name: 'ws', port: 443, targetPort: 9001 }, { name: 'coap', port: 5684, protocol: NlbProtocol.UDP }],
    inboundCidrs: ['0.0.0.0/0'],
    inboundPrefixLists: ['pl-1'],
    certificateArns: [CERTIFICATE],
    tlsPorts: [8883],
    alpnPolicy: NlbAlpnPolicy.HTTP2_PREFERRED,
    backendTls: true,
    proxyProtocol: true,
    ipAddressType: NlbIpAddressType.DUALSTACK,
    subnets: ['subnet-a', 'subnet-b'],
    eipAllocations: ['eipalloc-a', 'eipalloc-b'],
    loadBalancerAttributes: { 'load_balancing.cross_zone.enabled': 'true' },
    targetGroupAttributes: { 'preserve_client_ip.enabled': 'true' },
    healthCheck: {
      protocol: HealthCheckProtocol.HTTP,
      port: 9001,
      path: '/health',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(10),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
      successCodes: '200',
    },
    tags: { team: 'iot' },
  };
  expect(annotations(props)).toEqual({
    'scheme': 'internet-facing',
    'nlb-target-type': 'ip',
    'name': 'mqtt',
    'ip-address-type': 'dualstack',
    'subnets': 'subnet-a,subnet-b',
    'security-group-prefix-lists': 'pl-1',
    'attributes': 'load_balancing.cross_zone.enabled=true',
    'target-group-attributes': 'deregistration_delay.timeout_seconds=30,preserve_client_ip.enabled=true',
    'ssl-cert': CERTIFICATE,
    'ssl-ports': '8883',
    'ssl-negotiation-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    'backend-protocol': 'ssl',
    'alpn-policy': 'HTTP2Preferred',
    'proxy-protocol': '*',
    'healthcheck-protocol': 'HTTP',
    'healthcheck-port': '9001',
    'healthcheck-path': '/health',
    'healthcheck-interval': '10',
    'healthcheck-timeout': '10',
    'healthcheck-healthy-threshold': '2',
    'healthcheck-unhealthy-threshold': '2',
    'healthcheck-success-codes': '200',
    'eip-allocations': 'eipalloc-a,eipalloc-b',
    'additional-resource-tags': 'team=iot',
  });
  expect(service(props).spec.loadBalancerSourceRanges).toEqual(['0.0.0.0/0']);
});

test('with a certificate, all TCP ports speak TLS unless told otherwise', () => {
  const ports = [{ name: 'a', port: 443 }, { name: 'b', port: 8443 }, { name: 'c', port: 443, protocol: NlbProtocol.UDP }];
  expect(annotations({ ports: [ports[0], ports[1]], certificateArns: [CERTIFICATE] })['ssl-ports']).toBe('443,8443');
});

test('TCP and UDP on one port become one listener', () => {
  const ports = [{ name: 'tcp', port: 53 }, { name: 'udp', port: 53, protocol: NlbProtocol.UDP }];
  expect(annotations({ ports })['enable-tcp-udp-listener']).toBe('true');
});

test('annotations of the user win', () => {
  const annotation = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
  expect(service({ annotations: { [annotation]: 'internet-facing' } }).metadata.annotations[annotation]).toBe('internet-facing');
});

const PUBLIC = { scheme: LoadBalancerScheme.INTERNET_FACING, inboundCidrs: ['0.0.0.0/0'] };
const DNS = [{ name: 'tcp', port: 53 }, { name: 'udp', port: 53, protocol: NlbProtocol.UDP }];

test.each<[string, Partial<NlbServiceProps>, string]>([
  ['no ports', { ports: [] }, '"ports" is empty: give at least one port'],
  ['two ports without names', { ports: [{ port: 1 }, { port: 2 }] }, '"ports" has port 1 without a name'],
  ['the same port twice', { ports: [{ name: 'a', port: 1 }, { name: 'b', port: 1 }] }, '"ports" has "1/TCP" more than once'],
  ['the same port name twice', { ports: [{ name: 'a', port: 1 }, { name: 'a', port: 2 }] }, '"ports" has "a" more than once'],
  ['an empty selector', { selector: {} }, '"selector" is empty: give the labels of the pods'],
  ['an open door nobody asked for', { scheme: LoadBalancerScheme.INTERNET_FACING }, '"scheme" is internet-facing but nothing says who may connect'],
  ['TLS ports without a certificate', { tlsPorts: [1883] }, '"tlsPorts" is 1883, but there is no TLS: give "certificateArns"'],
  ['an ALPN policy without a certificate', { alpnPolicy: NlbAlpnPolicy.HTTP2_ONLY }, '"alpnPolicy" is HTTP2Only, but there is no TLS'],
  ['TLS on a port that is not there', { certificateArns: [CERTIFICATE], tlsPorts: [443] }, '"tlsPorts" has 443, which is no TCP port of "ports": give some of 1883'],
  ['TLS for UDP alone', { certificateArns: [CERTIFICATE], ports: [{ port: 53, protocol: NlbProtocol.UDP }] }, 'no port speaks TLS'],
  ['TLS on a port that serves UDP too', { certificateArns: [CERTIFICATE], ports: DNS }, '"tlsPorts" has 53, which serves UDP too'],
  ['public addresses of an internal one', { eipAllocations: ['eipalloc-a'] }, '"eipAllocations" is given but "scheme" is internal'],
  ['private addresses of a public one', { ...PUBLIC, privateIpv4Addresses: ['10.0.0.1'] }, '"privateIpv4Addresses" is given but "scheme" is internet-facing'],
  ['fewer addresses than subnets', { ...PUBLIC, subnets: ['a', 'b'], eipAllocations: ['eipalloc-1'] }, '"eipAllocations" has 1 entries but "subnets" has 2'],
  ['a health check path with TCP', { healthCheck: { path: '/' } }, '"healthCheck.path" is "/" but the protocol is TCP'],
  ['a health check that outlasts its interval', { healthCheck: { timeout: Duration.seconds(11) } }, '"healthCheck.timeout" is 11 seconds but "healthCheck.interval" is 10'],
])('%s is refused', (_, props, message) => {
  expect(() => service(props)).toThrow(message);
});
