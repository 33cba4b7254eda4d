import { isIPv4 } from 'net';
import { Duration, Token } from 'aws-cdk-lib';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkNlbAnnotations } from './load-balancer-annotations';
import { checkHealthCheck, checkLoadBalancer, DEFAULT_SSL_POLICY, isInternal, saysWhoMayConnect } from './load-balancer-checks';
import { HealthCheckProtocol, LoadBalancerOptions, LoadBalancerScheme, LoadBalancerTargetType } from './load-balancer-options';
import { objectMetadata } from './object-metadata';
import { listText, mapText } from '../private/annotation-text';
import { checkInteger } from '../private/check-number';
import { checkText } from '../private/check-text';
import { secondsText } from '../private/duration-text';
import { knownItems } from '../private/known-items';
import { checkDnsLabel, checkLabelKey, checkLabels } from '../private/kubernetes-names';

/** The IP addresses of a network load balancer. */
export enum NlbIpAddressType {
  /** IPv4 only. */
  IPV4 = 'ipv4',
  /** IPv4 and IPv6. */
  DUALSTACK = 'dualstack',
}

/** The protocol of a port. */
export enum NlbProtocol {
  /** TCP, and TLS where the port is one of `tlsPorts`. */
  TCP = 'TCP',
  /** UDP. */
  UDP = 'UDP',
}

/** Which application protocols a TLS listener offers. */
export enum NlbAlpnPolicy {
  /** HTTP/1.1 only. */
  HTTP1_ONLY = 'HTTP1Only',
  /** HTTP/2 only. */
  HTTP2_ONLY = 'HTTP2Only',
  /** HTTP/1.1 rather than HTTP/2. */
  HTTP2_OPTIONAL = 'HTTP2Optional',
  /** HTTP/2 rather than HTTP/1.1. */
  HTTP2_PREFERRED = 'HTTP2Preferred',
  /** None. */
  NONE = 'None',
}

/** A port of an `NlbService`. */
export interface NlbPort {
  /** The port of the load balancer. */
  readonly port: number;

  /**
   * The name; at most 15 characters. With more than one port, each needs one.
   *
   * @default - no name
   */
  readonly name?: string;

  /**
   * The port of the pods.
   *
   * @default - `port`
   */
  readonly targetPort?: number;

  /**
   * The protocol.
   *
   * @default NlbProtocol.TCP
   */
  readonly protocol?: NlbProtocol;
}

/** Properties of an `NlbService`. */
export interface NlbServiceProps extends LoadBalancerOptions {
  /** The labels of the pods that get the connections. */
  readonly selector: { [key: string]: string };

  /** Its ports; at least one. */
  readonly ports: NlbPort[];

  /**
   * Who makes the load balancer: `eks.amazonaws.com/nlb` on EKS Auto Mode. It cannot change later.
   *
   * @default service.k8s.aws/nlb
   */
  readonly loadBalancerClass?: string;

  /**
   * The ports of the load balancer that speak TLS, with `certificateArns`.
   *
   * @default - all TCP ports, if there are `certificateArns`
   */
  readonly tlsPorts?: number[];

  /**
   * Which application protocols TLS offers.
   *
   * @default NlbAlpnPolicy.NONE
   */
  readonly alpnPolicy?: NlbAlpnPolicy;

  /**
   * Whether the connections to the pods speak TLS too, where those of clients do.
   *
   * @default false
   */
  readonly backendTls?: boolean;

  /**
   * Whether connections begin with a proxy protocol (v2) header that has the client's address. The pods have to understand it.
   *
   * @default false
   */
  readonly proxyProtocol?: boolean;

  /**
   * The IP addresses of the load balancer.
   *
   * @default NlbIpAddressType.IPV4
   */
  readonly ipAddressType?: NlbIpAddressType;

  /**
   * The allocation ids of its Elastic IP addresses, one per subnet; internet-facing only.
   *
   * @default - addresses of AWS's choice
   */
  readonly eipAllocations?: string[];

  /**
   * Its private IPv4 addresses, one per subnet; internal only.
   *
   * @default - addresses of AWS's choice
   */
  readonly privateIpv4Addresses?: string[];
}

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/**
 * A Service that the AWS Load Balancer Controller makes a network load balancer of, internal and to pods by IP.
 *
 * What no prop covers goes into `annotations`. The load balancer is replaced when `targetType` or the class changes.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export class NlbService extends Construct {
  /** The name of the Service. */
  public readonly serviceName: string;

  constructor(scope: Construct, id: string, props: NlbServiceProps) {
    super(scope, id);
    checkProps(props);
    const annotations = { ...renderAnnotations(props), ...props.annotations };
    checkNlbAnnotations(PREFIX, props.annotations, annotations);

    const service = new ApiObject(this, 'Default', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: objectMetadata({
        name: props.name,
        namespace: props.namespace,
        annotations,
      }),
      spec: {
        type: 'LoadBalancer',
        loadBalancerClass: props.loadBalancerClass ?? 'service.k8s.aws/nlb',
        // Node ports are only for targets that are nodes.
        allocateLoadBalancerNodePorts: props.targetType === LoadBalancerTargetType.INSTANCE,
        selector: props.selector,
        ports: props.ports.map(port => ({
          name: port.name,
          port: port.port,
          targetPort: port.targetPort ?? port.port,
          protocol: port.protocol ?? NlbProtocol.TCP,
        })),
        loadBalancerSourceRanges: props.inboundCidrs,
      },
    });
    this.serviceName = service.name;
  }
}

function renderAnnotations(props: NlbServiceProps): Record<string, string> {
  const tls = props.certificateArns !== undefined;
  const check = props.healthCheck ?? {};
  const given = Object.entries({
    'scheme': props.scheme ?? LoadBalancerScheme.INTERNAL,
    'nlb-target-type': props.targetType ?? LoadBalancerTargetType.IP,
    'name': props.loadBalancerName,
    'ip-address-type': props.ipAddressType,
    'subnets': listText(props.subnets),
    'security-groups': listText(props.securityGroups),
    'security-group-prefix-lists': listText(props.inboundPrefixLists),
    'manage-backend-security-group-rules': props.securityGroups ? props.manageBackendSecurityGroupRules ?? true : undefined,
    'attributes': mapText('loadBalancerAttributes', props.loadBalancerAttributes),
    'target-group-attributes': mapText('targetGroupAttributes', {
      'deregistration_delay.timeout_seconds': secondsText(props.deregistrationDelay ?? Duration.seconds(30)),
      ...props.targetGroupAttributes,
    }),
    'ssl-cert': listText(props.certificateArns),
    'ssl-ports': tls ? tlsPorts(props).join(',') : undefined,
    'ssl-negotiation-policy': tls ? props.sslPolicy ?? DEFAULT_SSL_POLICY : undefined,
    'backend-protocol': tls && props.backendTls ? 'ssl' : undefined,
    'alpn-policy': props.alpnPolicy,
    'proxy-protocol': props.proxyProtocol ? '*' : undefined,
    'healthcheck-protocol': check.protocol,
    'healthcheck-port': check.port,
    'healthcheck-path': check.path,
    'healthcheck-interval': check.interval && secondsText(check.interval),
    'healthcheck-timeout': check.timeout && secondsText(check.timeout),
    'healthcheck-healthy-threshold': check.healthyThresholdCount,
    'healthcheck-unhealthy-threshold': check.unhealthyThresholdCount,
    'healthcheck-success-codes': check.successCodes,
    'eip-allocations': listText(props.eipAllocations),
    'private-ipv4-addresses': listText(props.privateIpv4Addresses),
    'enable-tcp-udp-listener': sharedPorts(props.ports).length > 0 ? true : undefined,
    'additional-resource-tags': mapText('tags', props.tags),
  }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [`${PREFIX}${key}`, `${value}`]));
}

function tcpPorts(ports: NlbPort[]): number[] {
  return ports.filter(port => port.protocol !== NlbProtocol.UDP).map(port => port.port);
}

function tlsPorts(props: NlbServiceProps): number[] {
  return props.tlsPorts ?? tcpPorts(props.ports);
}

/** The ports that serve TCP and UDP at once: the controller makes one listener of the two when it is told so. */
function sharedPorts(ports: NlbPort[]): number[] {
  return tcpPorts(ports).filter(port => ports.some(other => other.port === port && other.protocol === NlbProtocol.UDP));
}

function checkProps(props: NlbServiceProps) {
  if (props.name !== undefined) {
    checkDnsLabel('name', props.name);
  }
  checkLabelKey('loadBalancerClass', props.loadBalancerClass);
  checkLoadBalancer(props);
  if (!isInternal(props) && !saysWhoMayConnect(props)) {
    throw new Error('"scheme" is internet-facing but nothing says who may connect: give "inboundCidrs" (["0.0.0.0/0"] for everyone), "inboundPrefixLists" or "securityGroups"');
  }
  if (Object.keys(props.selector).length === 0) {
    throw new Error('"selector" is empty: give the labels of the pods');
  }
  checkLabels('selector', props.selector);
  checkPorts(props.ports);
  checkTls(props);
  checkAddresses(props);
  checkHealthCheck(props.healthCheck ?? {}, { protocol: HealthCheckProtocol.TCP, interval: 10, timeout: 10, timeoutMayBeInterval: true });
}

function checkPorts(ports: NlbPort[]) {
  if (ports.length === 0) {
    throw new Error('"ports" is empty: give at least one port');
  }
  const seen = new Set<string>();
  for (const port of ports) {
    checkInteger('ports.port', port.port, 1, 65535);
    checkInteger('ports.targetPort', port.targetPort ?? port.port, 1, 65535);
    if (port.name !== undefined) {
      checkDnsLabel('ports.name', port.name);
    } else if (ports.length > 1) {
      throw new Error(`"ports" has port ${port.port} without a name: with more than one port, give each a "name"`);
    }
    for (const key of [`${port.port}/${port.protocol ?? NlbProtocol.TCP}`, port.name ?? '']) {
      if (key !== '' && seen.has(key)) {
        throw new Error(`"ports" has "${key}" more than once: give it once`);
      }
      seen.add(key);
    }
  }
}

function checkTls(props: NlbServiceProps) {
  if (!props.certificateArns) {
    for (const prop of ['tlsPorts', 'sslPolicy', 'alpnPolicy', 'backendTls'] as const) {
      if (props[prop] !== undefined && props[prop] !== false) {
        throw new Error(`"${prop}" is ${props[prop]}, but there is no TLS: give "certificateArns"`);
      }
    }
    return;
  }
  const tcp = tcpPorts(props.ports);
  const stranger = tlsPorts(props).find(port => !tcp.includes(port));
  if (stranger !== undefined) {
    throw new Error(`"tlsPorts" has ${stranger}, which is no TCP port of "ports": give some of ${tcp.join(', ')}`);
  }
  if (tlsPorts(props).length === 0) {
    throw new Error('"certificateArns" is given but no port speaks TLS: give a TCP port');
  }
  const both = sharedPorts(props.ports).find(port => tlsPorts(props).includes(port));
  if (both !== undefined) {
    throw new Error(`"tlsPorts" has ${both}, which serves UDP too: a port can do one of the two, name the others in "tlsPorts"`);
  }
}

function checkAddresses(props: NlbServiceProps) {
  if (isInternal(props) && props.eipAllocations) {
    throw new Error('"eipAllocations" is given but "scheme" is internal: Elastic IP addresses are public, give "privateIpv4Addresses"');
  }
  if (!isInternal(props) && props.privateIpv4Addresses) {
    throw new Error('"privateIpv4Addresses" is given but "scheme" is internet-facing: give "eipAllocations"');
  }
  const rules = {
    eipAllocations: [(id: string) => /^eipalloc-[0-9a-z]+$/.test(id), 'allocation ids of Elastic IP addresses, which begin with "eipalloc-"'],
    privateIpv4Addresses: [isIPv4, 'IPv4 addresses, one in each subnet'],
  } as const;
  for (const prop of ['eipAllocations', 'privateIpv4Addresses'] as const) {
    const addresses = props[prop];
    const [fits, rule] = rules[prop];
    knownItems(addresses).forEach(address => checkText(prop, address, fits, rule));
    if (!addresses || !props.subnets || Token.isUnresolved(addresses) || Token.isUnresolved(props.subnets)) {
      continue;
    }
    if (addresses.length !== props.subnets.length) {
      throw new Error(`"${prop}" has ${addresses.length} entries but "subnets" has ${props.subnets.length}: give one for each subnet`);
    }
  }
}
