import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { PlatformClusterProps, SupportType } from './platform-cluster-props';
import { KUBERNETES_VERSIONS, KUBERNETES_VERSIONS_CHECKED_ON } from '../catalogue/kubernetes-versions';
import { checkCidr, checkCidrs, cidrContains, cidrsOverlap, prefixLength } from '../private/cidr';
import { minorOf } from '../private/minor-of';

const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const REMOTE_BLOCKS = [...PRIVATE_BLOCKS, '100.64.0.0/10'];

/** Refuses versions that EKS does not offer (any more). */
export function checkVersion(version: string): void {
  if (Token.isUnresolved(version)) {
    return;
  }
  const newest = KUBERNETES_VERSIONS[KUBERNETES_VERSIONS.length - 1].version;
  if (!/^1\.\d+$/.test(version)) {
    throw new Error(`"version" is "${version}": give a Kubernetes version such as "${newest}", without a patch number`);
  }
  const oldest = KUBERNETES_VERSIONS[0].version;
  if (minorOf(version) < minorOf(oldest)) {
    throw new Error(`"version" is "${version}", which EKS does not offer any more: give one from ${oldest} to ${newest}`);
  }
}

/** Says what the calendar says about a version. Only warnings look at the clock: what synthesizes today synthesizes tomorrow. */
export function warnAboutVersion(scope: IConstruct, version: string, supportType: SupportType, day: string): void {
  if (Token.isUnresolved(version)) {
    return;
  }
  const warn = (id: string, text: string) => Annotations.of(scope).addWarningV2(`eks-slipway:${id}`, text);
  const known = KUBERNETES_VERSIONS.find(candidate => candidate.version === version);
  if (!known) {
    warn('unknownVersion', `Kubernetes ${version} is newer than what was known on ${KUBERNETES_VERSIONS_CHECKED_ON}: add-ons may not support it yet`);
  } else if (known.endOfExtendedSupport && day > known.endOfExtendedSupport) {
    warn('unsupportedVersion', `Kubernetes ${version} left all support on ${known.endOfExtendedSupport}: `
      + 'EKS refuses new clusters with it and upgrades old ones by itself. Give a newer "version"');
  } else if (known.endOfStandardSupport && day > known.endOfStandardSupport) {
    warn('extendedSupport', `Kubernetes ${version} left standard support on ${known.endOfStandardSupport}: `
      + (supportType === SupportType.EXTENDED
        ? `it costs more, until ${known.endOfExtendedSupport}. Give a newer "version"`
        : 'EKS upgrades such clusters by itself. Give a newer "version", or pay for more time with "supportType: SupportType.EXTENDED"'));
  }
}

/** The day, as YYYY-MM-DD. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Refuses a layer whose helm was not made for the cluster's version. CDK's layers say in their description what they hold. */
export function checkLayer(layer: lambda.ILayerVersion | undefined, version: string): void {
  const description = (layer?.node.defaultChild as lambda.CfnLayerVersion | undefined)?.description ?? '';
  const kubectl = /\/kubectl (1\.\d+)/.exec(Token.isUnresolved(description) ? '' : description)?.[1];
  if (!kubectl || Token.isUnresolved(version)) {
    return;
  }
  const ahead = minorOf(kubectl) - minorOf(version);
  if (ahead < -1 || ahead > 3) {
    throw new Error(`"kubectlLayer" is for Kubernetes ${kubectl} but "version" is ${version}: give KubectlV${minorOf(version)}Layer, or one that is at most one `
      + 'version older or three newer than the cluster');
  }
}

/** Refuses public access for everybody, unless it is asked for in so many words. CDK restricts PUBLIC_AND_PRIVATE only. */
export function checkEndpointAccess({ endpointAccess, ipFamily }: PlatformClusterProps): void {
  if (!endpointAccess?._config.publicAccess) {
    return;
  }
  const cidrs = endpointAccess._config.publicCidrs ?? [];
  if (cidrs.length === 0) {
    throw new Error('"endpointAccess" is public without CIDR blocks, which lets everybody try: say from where, as in '
      + 'eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom("203.0.113.0/24")');
  }
  if (cidrs.length > 40) {
    throw new Error(`"endpointAccess" has ${cidrs.length} CIDR blocks: give at most 40`);
  }
  checkCidrs('endpointAccess', cidrs);
  for (const cidr of cidrs.filter(block => !Token.isUnresolved(block))) {
    if (cidr.includes(':') && ipFamily !== eks.IpFamily.IP_V6) {
      throw new Error(`"endpointAccess" has "${cidr}" but the cluster's IP family is ipv4, whose endpoint has no IPv6 address: leave it out`);
    }
    if (PRIVATE_BLOCKS.some(block => cidrContains(block, cidr))) {
      throw new Error(`"endpointAccess" has "${cidr}", private addresses that never arrive at a public endpoint: leave it out, private access serves them`);
    }
  }
}

/** Whether the API server is open to the whole internet. */
export function isOpenToAll(access?: eks.EndpointAccess): boolean {
  return access?._config.publicCidrs?.some(cidr => !Token.isUnresolved(cidr) && prefixLength(cidr) === 0) ?? false;
}

/** Refuses blocks for services that EKS refuses, or that hide a network from pods. */
export function checkServiceCidr(props: PlatformClusterProps, vpc: ec2.IVpc): void {
  const cidr = props.serviceIpv4Cidr;
  if (cidr === undefined) {
    return;
  }
  if (props.ipFamily === eks.IpFamily.IP_V6) {
    throw new Error(`"serviceIpv4Cidr" is "${cidr}" but "ipFamily" is ipv6, where EKS itself chooses the addresses of services: leave it out`);
  }
  if (Token.isUnresolved(cidr)) {
    return;
  }
  checkCidr('serviceIpv4Cidr', cidr);
  const isPrivate = PRIVATE_BLOCKS.some(block => cidrContains(block, cidr));
  if (!isPrivate || prefixLength(cidr) < 12 || prefixLength(cidr) > 24) {
    throw new Error(`"serviceIpv4Cidr" is "${cidr}": give a block from /12 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16`);
  }
  for (const [what, other] of otherNetworks(props, vpc)) {
    if (cidrsOverlap(cidr, other)) {
      throw new Error(`"serviceIpv4Cidr" is "${cidr}", which overlaps with ${what}, "${other}": give a block that no network uses`);
    }
  }
}

/** Refuses remote networks that the VPC hides. */
export function checkRemoteNetworks(props: PlatformClusterProps, vpc: ec2.IVpc): void {
  if (props.remotePodNetworks?.length && !props.remoteNodeNetworks?.length) {
    throw new Error('"remotePodNetworks" is given but "remoteNodeNetworks" is not: give the networks of the nodes too, or leave it out');
  }
  // https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-cluster-prep.html
  if (props.remoteNodeNetworks?.length && props.ipFamily === eks.IpFamily.IP_V6) {
    throw new Error('"remoteNodeNetworks" is given but "ipFamily" is ipv6: hybrid nodes exist in IPv4 clusters only, leave it out');
  }
  const vpcCidrs = knownVpcCidrs(vpc);
  const seen: [prop: string, cidr: string][] = [];
  for (const prop of ['remoteNodeNetworks', 'remotePodNetworks'] as const) {
    for (const cidr of checkCidrs(prop, props[prop]?.flatMap(network => network.cidrs))) {
      if (Token.isUnresolved(cidr)) {
        continue;
      }
      if (!REMOTE_BLOCKS.some(block => cidrContains(block, cidr))) {
        throw new Error(`"${prop}" has "${cidr}": give a block within ${REMOTE_BLOCKS.slice(0, -1).join(', ')} or ${REMOTE_BLOCKS[REMOTE_BLOCKS.length - 1]}`);
      }
      const vpcCidr = vpcCidrs.find(other => cidrsOverlap(cidr, other));
      if (vpcCidr) {
        throw new Error(`"${prop}" has "${cidr}", which overlaps with the VPC, "${vpcCidr}": give a block outside of it`);
      }
      const [otherProp, other] = seen.find(([, block]) => cidrsOverlap(cidr, block)) ?? [];
      if (other) {
        throw new Error(`"${prop}" has "${cidr}", which overlaps with "${other}" of "${otherProp}": give blocks that do not overlap`);
      }
      seen.push([prop, cidr]);
    }
  }
}

function otherNetworks(props: PlatformClusterProps, vpc: ec2.IVpc): [what: string, cidr: string][] {
  const remote = [...props.remoteNodeNetworks ?? [], ...props.remotePodNetworks ?? []].flatMap(network => network.cidrs);
  return [
    ...knownVpcCidrs(vpc).map((cidr): [string, string] => ['the VPC', cidr]),
    ...remote.filter(cidr => !Token.isUnresolved(cidr)).map((cidr): [string, string] => ['a remote network', cidr]),
  ];
}

/** The blocks of a VPC, those that were added later too, where they are known at synth. */
function knownVpcCidrs(vpc: ec2.IVpc): string[] {
  const added = vpc.node.children.flatMap(child => child instanceof ec2.CfnVPCCidrBlock ? child.cidrBlock ?? [] : []);
  return [primaryCidr(vpc) ?? [], added].flat().filter(cidr => !Token.isUnresolved(cidr));
}

function primaryCidr(vpc: ec2.IVpc): string | undefined {
  try {
    return (vpc.node.defaultChild as ec2.CfnVPC | undefined)?.cidrBlock ?? vpc.vpcCidrBlock;
  } catch {
    return undefined; // an imported VPC need not say
  }
}

/** Refuses subnets in one zone only, where that is known at synth. */
export function checkSubnets(scope: IConstruct, vpc: ec2.IVpc, selections: ec2.SubnetSelection[]): void {
  const selected = selections.map(selection => vpc.selectSubnets(selection));
  const subnets = selected.flatMap(selection => selection.subnets);
  if (selected.some(selection => selection.isPendingLookup) || subnets.some(subnet => Token.isUnresolved([subnet.subnetId]))) {
    return;
  }
  const zones = subnets.map(zoneOf);
  const known = new Set(zones.map(zone => JSON.stringify(Stack.of(scope).resolve(zone))));
  if (subnets.length < 2 || (!zones.includes(undefined) && known.size < 2)) {
    throw new Error(`"vpcSubnets" selects ${subnets.length} subnet${subnets.length === 1 ? '' : 's'} in one zone: give some in at least two zones, EKS needs them`);
  }
}

function zoneOf(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined; // an imported subnet need not say
  }
}
