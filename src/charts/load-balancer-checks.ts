import { Duration, Token } from 'aws-cdk-lib';
import { HealthCheckProtocol, LoadBalancerHealthCheck, LoadBalancerOptions, LoadBalancerScheme } from './load-balancer-options';
import { checkInteger, checkSeconds } from '../private/check-number';
import { checkText } from '../private/check-text';
import { checkCidrs } from '../private/cidr';
import { knownItems } from '../private/known-items';
import { checkDnsLabel, checkLabelKey } from '../private/kubernetes-names';
import { checkTags } from '../private/tags';

/** TLS 1.2 and 1.3, the policy that AWS's own console proposes. */
export const DEFAULT_SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** What is wrong with what application and network load balancers have in common. */
export function checkLoadBalancer(options: LoadBalancerOptions) {
  if (options.namespace !== undefined) {
    checkDnsLabel('namespace', options.namespace);
  }
  checkName(options.loadBalancerName);
  checkAccess(options);
  knownItems(options.certificateArns).forEach(arn => checkArn('certificateArns', arn));
  checkSslPolicy(options.sslPolicy);
  checkTags(options.tags);
  checkNotEmpty('subnets', options.subnets);
  checkNotEmpty('securityGroups', options.securityGroups);
  checkNotEmpty('certificateArns', options.certificateArns);
  checkSeconds('deregistrationDelay', options.deregistrationDelay ?? Duration.seconds(30), 0, 3600);
  Object.keys(options.annotations ?? {}).forEach(key => checkLabelKey('annotations', key));
}

/** AWS has no policies of one's own. */
export function checkSslPolicy(policy?: string) {
  checkText('sslPolicy', policy, /^ELBSecurityPolicy-[\w-]+$/, `the name of a security policy, such as "${DEFAULT_SSL_POLICY}"`);
}

export function isInternal(options: LoadBalancerOptions): boolean {
  return (options.scheme ?? LoadBalancerScheme.INTERNAL) === LoadBalancerScheme.INTERNAL;
}

export function checkArn(prop: string, arn: string) {
  if (!Token.isUnresolved(arn) && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn)) {
    throw new Error(`"${prop}" has "${arn}": give an ARN`);
  }
}

/** Whether somebody was named who may connect. */
export function saysWhoMayConnect(options: LoadBalancerOptions): boolean {
  return !!(options.inboundCidrs?.length || options.inboundPrefixLists?.length || options.securityGroups?.length);
}

export interface HealthCheckDefaults {
  readonly protocol: HealthCheckProtocol;
  readonly interval: number;
  readonly timeout: number;
  /** Whether an answer may take as long as the time to the next check. */
  readonly timeoutMayBeInterval: boolean;
}

export function checkHealthCheck(check: LoadBalancerHealthCheck, defaults: HealthCheckDefaults) {
  const protocol = check.protocol ?? defaults.protocol;
  checkText('healthCheck.path', check.path, /^\//, 'a path that begins with "/"');
  checkText('healthCheck.successCodes', check.successCodes, /^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$/, 'codes and ranges of them, such as "200,204" or "200-299"');
  if (check.port !== undefined) {
    checkInteger('healthCheck.port', check.port, 1, 65535);
  }
  for (const prop of ['path', 'successCodes'] as const) {
    if (protocol === HealthCheckProtocol.TCP && check[prop] !== undefined) {
      throw new Error(`"healthCheck.${prop}" is "${check[prop]}" but the protocol is TCP: give "healthCheck.protocol" as HTTP or HTTPS`);
    }
  }
  for (const prop of ['healthyThresholdCount', 'unhealthyThresholdCount'] as const) {
    const count = check[prop];
    if (count !== undefined) {
      checkInteger(`healthCheck.${prop}`, count, 2, 10);
    }
  }
  const interval = checkSeconds('healthCheck.interval', check.interval ?? Duration.seconds(defaults.interval), 5, 300).toSeconds();
  const timeout = checkSeconds('healthCheck.timeout', check.timeout ?? Duration.seconds(defaults.timeout), 2, 120).toSeconds();
  if (!Token.isUnresolved(interval) && !Token.isUnresolved(timeout) && (defaults.timeoutMayBeInterval ? timeout > interval : timeout >= interval)) {
    throw new Error(`"healthCheck.timeout" is ${timeout} seconds but "healthCheck.interval" is ${interval}: give a shorter "timeout" or a longer "interval"`);
  }
}

function checkName(name?: string) {
  checkText('loadBalancerName', name, text => /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(text) && text.length <= 32 && !text.startsWith('internal-'),
    'at most 32 letters, digits and hyphens, no hyphen at the ends and no "internal-" at the beginning');
}

function checkAccess(options: LoadBalancerOptions) {
  checkCidrs('inboundCidrs', knownItems(options.inboundCidrs));
  for (const id of knownItems(options.inboundPrefixLists)) {
    if (!Token.isUnresolved(id) && !/^pl-[0-9a-z]+$/.test(id)) {
      throw new Error(`"inboundPrefixLists" has "${id}": give the id of a prefix list, which begins with "pl-"`);
    }
  }
  for (const prop of ['inboundCidrs', 'inboundPrefixLists'] as const) {
    if (options[prop]?.length && options.securityGroups?.length) {
      throw new Error(`"${prop}" shapes the security group that the controller makes, which "securityGroups" replaces: write the rules in your own security groups, or leave "securityGroups" out`);
    }
  }
  if (options.manageBackendSecurityGroupRules !== undefined && !options.securityGroups?.length) {
    throw new Error(`"manageBackendSecurityGroupRules" is ${options.manageBackendSecurityGroupRules} without "securityGroups": the controller manages the rules of its own security group anyway, remove it`);
  }
}

function checkNotEmpty(prop: string, values?: string[]) {
  if (values && values.length === 0) {
    throw new Error(`"${prop}" is an empty list: leave it out, or give at least one`);
  }
  if (values?.includes('')) {
    throw new Error(`"${prop}" has "": give ids or names that are not empty`);
  }
}
