import { Duration, Token } from 'aws-cdk-lib';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkAlbAnnotations } from './load-balancer-annotations';
import {
  checkArn, checkHealthCheck, checkLoadBalancer, DEFAULT_SSL_POLICY, isInternal, saysWhoMayConnect,
} from './load-balancer-checks';
import {
  HealthCheckProtocol, LoadBalancerOptions, LoadBalancerScheme, LoadBalancerTargetType,
} from './load-balancer-options';
import { objectMetadata } from './object-metadata';
import { listText, mapText } from '../private/annotation-text';
import { checkInteger } from '../private/check-number';
import { checkText } from '../private/check-text';
import { secondsText } from '../private/duration-text';
import { checkDnsLabel, checkDnsSubdomain } from '../private/kubernetes-names';

/** The IP addresses of an application load balancer. */
export enum AlbIpAddressType {
  /** IPv4 only. */
  IPV4 = 'ipv4',
  /** IPv4 and IPv6. */
  DUALSTACK = 'dualstack',
  /** Public IPv6 and private IPv4; internet-facing only. */
  DUALSTACK_WITHOUT_PUBLIC_IPV4 = 'dualstack-without-public-ipv4',
}

/** The protocol to the pods. */
export enum AlbBackendProtocol {
  /** HTTP. */
  HTTP = 'HTTP',
  /** HTTPS; the certificate is not checked. */
  HTTPS = 'HTTPS',
}

/** The version of the protocol to the pods. */
export enum AlbBackendProtocolVersion {
  /** HTTP/1.1. */
  HTTP1 = 'HTTP1',
  /** HTTP/2. Clients have to connect with HTTPS. */
  HTTP2 = 'HTTP2',
  /** gRPC. Clients have to connect with HTTPS. */
  GRPC = 'GRPC',
}

/** How a path is compared. */
export enum IngressPathType {
  /** Whole elements from the beginning: `/foo` matches `/foo/bar`, but not `/foobar`. */
  PREFIX = 'Prefix',
  /** All of it. */
  EXACT = 'Exact',
  /** As the load balancer does: `*` and `?` are wildcards. */
  IMPLEMENTATION_SPECIFIC = 'ImplementationSpecific',
}

/** Several ingresses that share one load balancer. */
export interface AlbIngressGroup {
  /** The name of the group. Whoever may create an ingress can join any group. */
  readonly name: string;

  /**
   * Where the rules of this ingress stand among those of the group, from -1000 to 1000, the lowest first.
   *
   * @default 0
   */
  readonly order?: number;
}

/** Which requests go to which Service. */
export interface AlbIngressRule {
  /**
   * The host: `shop.example.com` or `*.example.com`.
   *
   * @default - any host
   */
  readonly host?: string;

  /**
   * The path.
   *
   * @default /
   */
  readonly path?: string;

  /**
   * How the path is compared.
   *
   * @default IngressPathType.PREFIX
   */
  readonly pathType?: IngressPathType;

  /** The Service that gets the requests, in the namespace of the ingress. */
  readonly serviceName: string;

  /**
   * The port of the Service.
   *
   * @default 80
   */
  readonly servicePort?: number;
}

/** Properties of an `AlbIngress`. */
export interface AlbIngressProps extends LoadBalancerOptions {
  /** Which requests go to which Service; at least one. */
  readonly rules: AlbIngressRule[];

  /**
   * The ingress class.
   *
   * @default alb
   */
  readonly ingressClassName?: string;

  /**
   * The ingresses that this one shares a load balancer with. What shapes the load balancer itself is then given in one of them only.
   *
   * @default - a load balancer of its own
   */
  readonly group?: AlbIngressGroup;

  /**
   * Whether clients connect with HTTPS. Without `certificateArns`, the controller looks in ACM for certificates of the rules' hosts.
   *
   * @default - true if there are `certificateArns`
   */
  readonly https?: boolean;

  /**
   * The port for HTTP.
   *
   * @default 80
   */
  readonly httpPort?: number;

  /**
   * The port for HTTPS.
   *
   * @default 443
   */
  readonly httpsPort?: number;

  /**
   * Whether HTTP is redirected to HTTPS. If not, HTTP is answered as HTTPS is.
   *
   * @default - true with HTTPS
   */
  readonly sslRedirect?: boolean;

  /**
   * The IP addresses of the load balancer.
   *
   * @default AlbIpAddressType.IPV4
   */
  readonly ipAddressType?: AlbIpAddressType;

  /**
   * The protocol to the pods.
   *
   * @default AlbBackendProtocol.HTTP
   */
  readonly backendProtocol?: AlbBackendProtocol;

  /**
   * The version of the protocol to the pods.
   *
   * @default AlbBackendProtocolVersion.HTTP1
   */
  readonly backendProtocolVersion?: AlbBackendProtocolVersion;

  /**
   * The ARN of a regional web ACL of AWS WAF (v2).
   *
   * @default - no web ACL
   */
  readonly wafAclArn?: string;

  /**
   * Whether AWS Shield Advanced protects the load balancer; internet-facing only. The account needs a subscription.
   *
   * @default - as it is
   */
  readonly shieldAdvancedProtection?: boolean;
}

const PREFIX = 'alb.ingress.kubernetes.io/';

/**
 * An Ingress that the AWS Load Balancer Controller (or EKS Auto Mode) makes an application load balancer of.
 *
 * Internal, to pods by IP, with TLS 1.2 or newer where there are certificates. What no prop covers goes into `annotations`.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export class AlbIngress extends Construct {
  /** The name of the Ingress. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: AlbIngressProps) {
    super(scope, id);
    checkProps(props);
    const annotations = { ...renderAnnotations(props), ...props.annotations };
    checkAlbAnnotations(PREFIX, props.annotations, annotations);

    const ingress = new ApiObject(this, 'Default', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: objectMetadata({
        name: props.name,
        namespace: props.namespace,
        annotations,
      }),
      spec: {
        ingressClassName: props.ingressClassName ?? 'alb',
        rules: renderRules(props.rules),
      },
    });
    this.name = ingress.name;
  }
}

function usesHttps(props: AlbIngressProps): boolean {
  return props.https ?? props.certificateArns !== undefined;
}

function renderAnnotations(props: AlbIngressProps): Record<string, string> {
  const https = usesHttps(props);
  const httpPort = props.httpPort ?? 80;
  const httpsPort = props.httpsPort ?? 443;
  const check = props.healthCheck ?? {};
  const manageRules = props.securityGroups ? props.manageBackendSecurityGroupRules ?? true : undefined;
  return withPrefix({
    'scheme': props.scheme ?? LoadBalancerScheme.INTERNAL,
    'target-type': props.targetType ?? LoadBalancerTargetType.IP,
    'group.name': props.group?.name,
    'group.order': props.group?.order,
    'load-balancer-name': props.loadBalancerName,
    'listen-ports': JSON.stringify(https ? [{ HTTP: httpPort }, { HTTPS: httpsPort }] : [{ HTTP: httpPort }]),
    'ssl-redirect': https && (props.sslRedirect ?? true) ? httpsPort : undefined,
    'certificate-arn': listText(props.certificateArns),
    'ssl-policy': https ? props.sslPolicy ?? DEFAULT_SSL_POLICY : undefined,
    'backend-protocol': props.backendProtocol,
    'backend-protocol-version': props.backendProtocolVersion,
    'healthcheck-path': check.path,
    'healthcheck-port': check.port,
    'healthcheck-protocol': check.protocol,
    'healthcheck-interval-seconds': check.interval && secondsText(check.interval),
    'healthcheck-timeout-seconds': check.timeout && secondsText(check.timeout),
    'healthy-threshold-count': check.healthyThresholdCount,
    'unhealthy-threshold-count': check.unhealthyThresholdCount,
    'success-codes': check.successCodes,
    'subnets': listText(props.subnets),
    'security-groups': listText(props.securityGroups),
    'manage-backend-security-group-rules': manageRules,
    'inbound-cidrs': listText(props.inboundCidrs),
    'security-group-prefix-lists': listText(props.inboundPrefixLists),
    'ip-address-type': props.ipAddressType,
    'load-balancer-attributes': mapText('loadBalancerAttributes', {
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      ...props.loadBalancerAttributes,
    }),
    'target-group-attributes': mapText('targetGroupAttributes', {
      'deregistration_delay.timeout_seconds': secondsText(props.deregistrationDelay ?? Duration.seconds(30)),
      ...props.targetGroupAttributes,
    }),
    'tags': mapText('tags', props.tags),
    'wafv2-acl-arn': props.wafAclArn,
    'shield-advanced-protection': props.shieldAdvancedProtection,
  });
}

function withPrefix(annotations: Record<string, string | number | boolean | undefined>): Record<string, string> {
  const given = Object.entries(annotations).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [`${PREFIX}${key}`, `${value}`]));
}

function renderRules(rules: AlbIngressRule[]) {
  const hosts = [...new Set(rules.map(rule => rule.host))];
  return hosts.map(host => ({
    host,
    http: {
      paths: rules.filter(rule => rule.host === host).map(rule => ({
        path: rule.path ?? '/',
        pathType: rule.pathType ?? IngressPathType.PREFIX,
        backend: { service: { name: rule.serviceName, port: { number: rule.servicePort ?? 80 } } },
      })),
    },
  }));
}

function checkProps(props: AlbIngressProps) {
  if (props.name !== undefined) {
    checkDnsSubdomain('name', props.name);
  }
  checkDnsSubdomain('ingressClassName', props.ingressClassName);
  checkLoadBalancer(props);
  checkRules(props.rules);
  checkGroup(props);
  checkReach(props);
  checkTls(props);
  checkHealthCheck(props.healthCheck ?? {}, { protocol: HealthCheckProtocol.HTTP, interval: 15, timeout: 5, timeoutMayBeInterval: false });
  if (props.healthCheck?.protocol === HealthCheckProtocol.TCP) {
    throw new Error('"healthCheck.protocol" is TCP: an application load balancer checks with HTTP or HTTPS, give one of them');
  }
  if (props.subnets?.length === 1 && !Token.isUnresolved(props.subnets)) {
    throw new Error(`"subnets" has only "${props.subnets[0]}": give subnets in at least two zones, an application load balancer needs them`);
  }
  if (props.wafAclArn !== undefined) {
    checkWafAcl(props.wafAclArn);
  }
}

function checkReach(props: AlbIngressProps) {
  if (isInternal(props)) {
    if (props.ipAddressType === AlbIpAddressType.DUALSTACK_WITHOUT_PUBLIC_IPV4) {
      throw new Error(`"ipAddressType" is ${props.ipAddressType} but "scheme" is internal: an internal load balancer has no public addresses, give "dualstack"`);
    }
    if (props.shieldAdvancedProtection) {
      throw new Error('"shieldAdvancedProtection" is true but "scheme" is internal: Shield protects only what is internet-facing, remove it');
    }
  } else if (!props.group && !saysWhoMayConnect(props)) {
    throw new Error('"scheme" is internet-facing but nothing says who may connect: give "inboundCidrs" (["0.0.0.0/0"] for everyone), "inboundPrefixLists" or "securityGroups"');
  }
}

function checkGroup(props: AlbIngressProps) {
  if (props.group) {
    checkDnsSubdomain('group.name', props.group.name, 63);
    checkInteger('group.order', props.group.order ?? 0, -1000, 1000);
  }
}

function checkTls(props: AlbIngressProps) {
  const https = usesHttps(props);
  checkInteger('httpPort', props.httpPort ?? 80, 1, 65535);
  checkInteger('httpsPort', props.httpsPort ?? 443, 1, 65535);
  if (https && (props.httpPort ?? 80) === (props.httpsPort ?? 443)) {
    throw new Error(`"httpPort" and "httpsPort" are both ${props.httpPort ?? 80}: give two different ports`);
  }
  if (https && !props.certificateArns && !props.rules.some(rule => rule.host !== undefined)) {
    throw new Error('"https" is true but there are neither "certificateArns" nor hosts in "rules" to find certificates for: give "certificateArns"');
  }
  if (https) {
    return;
  }
  if (props.certificateArns) {
    throw new Error('"https" is false but there are "certificateArns": leave one of them out');
  }
  const needs: [string, unknown][] = [
    ['sslRedirect', props.sslRedirect],
    ['sslPolicy', props.sslPolicy],
    ['httpsPort', props.httpsPort],
  ];
  for (const [prop, value] of needs) {
    if (value !== undefined && value !== false) {
      throw new Error(`"${prop}" is ${value}, but there is no HTTPS: give "certificateArns" or "https"`);
    }
  }
  const version = props.backendProtocolVersion ?? AlbBackendProtocolVersion.HTTP1;
  if (version !== AlbBackendProtocolVersion.HTTP1) {
    throw new Error(`"backendProtocolVersion" is ${version}, which needs clients that connect with HTTPS: give "certificateArns" or "https"`);
  }
}

function checkRules(rules: AlbIngressRule[]) {
  if (rules.length === 0) {
    throw new Error('"rules" is empty: give at least one rule');
  }
  const seen = new Set<string>();
  for (const rule of rules) {
    checkRule(rule);
    const key = [rule.host ?? '*', rule.path ?? '/', rule.pathType ?? IngressPathType.PREFIX].join(' ');
    if (seen.has(key)) {
      throw new Error(`"rules" has ${key} more than once: give it once, only the first would get requests`);
    }
    seen.add(key);
  }
}

function checkRule(rule: AlbIngressRule) {
  if (rule.host !== undefined) {
    checkDnsSubdomain('rules.host', rule.host.replace(/^\*\./, ''));
  }
  checkDnsLabel('rules.serviceName', rule.serviceName);
  checkInteger('rules.servicePort', rule.servicePort ?? 80, 1, 65535);
  const path = rule.path ?? '/';
  if (Token.isUnresolved(path)) {
    return;
  }
  if (!path.startsWith('/')) {
    throw new Error(`"rules.path" is "${path}": give a path that begins with "/"`);
  }
  if (/[*?]/.test(path) && rule.pathType !== IngressPathType.IMPLEMENTATION_SPECIFIC) {
    throw new Error(`"rules.path" is "${path}": give it the "pathType" ImplementationSpecific, which wildcards need`);
  }
}

function checkWafAcl(arn: string) {
  checkArn('wafAclArn', arn);
  checkText('wafAclArn', arn, /:wafv2:[^:]+:[^:]*:regional\/webacl\//, 'the ARN of a regional web ACL of AWS WAF v2');
}
