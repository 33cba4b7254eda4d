import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { kubeletTaint } from './labels-and-taints';
import { NodeAmi } from './node-ami';
import { toToml } from './toml';
import { checkInteger } from '../private/check-number';
import { checkCidr } from '../private/cidr';
import { clusterResource } from '../private/cluster-facts';
import { mergeValues } from '../private/merge-values';
import { sortKeys } from '../private/sort-keys';

/** What of a node group's props goes into user data. */
export interface UserDataProps {
  readonly cluster: eks.ICluster;
  readonly labels?: Record<string, string>;
  readonly taints?: eks.TaintSpec[];
  readonly maxPods?: number;
  readonly kubeletConfig?: Record<string, any>;
  readonly bottlerocketSettings?: Record<string, any>;
  readonly preBootstrapCommands?: string[];
  readonly serviceCidr?: string;
  readonly userData?: ec2.UserData;
}

const MOST_USER_DATA = 16 * 1024;

type Shaping = 'maxPods' | 'kubeletConfig' | 'bottlerocketSettings' | 'preBootstrapCommands' | 'serviceCidr';

const UNDERSTOOD: Record<NodeAmi['_family'], Shaping[]> = {
  AL2023: ['maxPods', 'kubeletConfig', 'preBootstrapCommands', 'serviceCidr'],
  BOTTLEROCKET: ['maxPods', 'bottlerocketSettings'],
  WINDOWS: ['preBootstrapCommands'],
  OTHER: [],
};

/** The user data of a node group's launch template; undefined where EKS's own is enough. */
export function nodeUserData(scope: IConstruct, ami: NodeAmi, props: UserDataProps): string | undefined {
  for (const prop of ['maxPods', 'kubeletConfig', 'bottlerocketSettings', 'preBootstrapCommands', 'serviceCidr'] as const) {
    if (props[prop] === undefined) {
      continue;
    }
    if (props.userData) {
      throw new Error(`"${prop}" is given together with "userData": say it in the user data`);
    }
    if (!UNDERSTOOD[ami._family].includes(prop)) {
      throw new Error(`"${prop}" is given, which nodes with the image ${ami.imageId ?? ami.amiType} do not understand: leave it out`);
    }
  }
  if (ami._family === 'OTHER' && !props.userData) {
    throw new Error('"userData" is missing for NodeAmi.custom(): give what lets a node join the cluster, or use NodeAmi.customAl2023() or '
      + 'NodeAmi.customBottlerocket() for an image made from one of EKS\'s');
  }
  if (props.serviceCidr !== undefined) {
    checkCidr('serviceCidr', props.serviceCidr);
  }
  if (props.maxPods !== undefined) {
    checkInteger('maxPods', props.maxPods, 1);
  }
  if (props.maxPods !== undefined && props.kubeletConfig?.maxPods !== undefined) {
    throw new Error(`"maxPods" is ${props.maxPods} and "kubeletConfig" has maxPods ${props.kubeletConfig.maxPods} too: give one of them`);
  }
  const text = props.userData?.render() ?? rendered(scope, ami, props);
  checkSize(text);
  return text && Fn.base64(text);
}

function checkSize(text = ''): void {
  const bytes = Buffer.byteLength(text);
  if (!Token.isUnresolved(text) && bytes > MOST_USER_DATA) {
    throw new Error(`"userData" has ${bytes} bytes with all that shapes it: EC2 takes at most ${MOST_USER_DATA}, let nodes fetch the rest when they start`);
  }
}

function rendered(scope: IConstruct, ami: NodeAmi, props: UserDataProps): string | undefined {
  const commands = props.preBootstrapCommands ?? [];
  switch (ami._family) {
    case 'AL2023': {
      const config = nodeConfig(ami, props);
      const parts = [
        ...commands.length > 0 ? [part('text/x-shellscript; charset="us-ascii"', ['#!/bin/bash', 'set -e', ...commands].join('\n'))] : [],
        // JSON is YAML: nodeadm reads it, and tokens in it are escaped rightly.
        ...config ? [part('application/node.eks.aws', Stack.of(scope).toJsonString(sortKeys(config)))] : [],
      ];
      return parts.length > 0 ? mime(parts) : undefined;
    }
    case 'BOTTLEROCKET':
      return toToml({ settings: bottlerocketSettings(ami, props) }) || undefined;
    case 'WINDOWS':
      return commands.length > 0 ? ['<powershell>', ...commands, '</powershell>'].join('\n') : undefined;
    default:
      return undefined;
  }
}

/** @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/ */
function nodeConfig(ami: NodeAmi, props: UserDataProps): Record<string, any> | undefined {
  const { cluster, labels = {}, taints = [], maxPods, kubeletConfig } = props;
  // A flag and not maxPods in the configuration: EKS appends a configuration with its own maxPods, and a flag is stronger.
  const flags = maxPods === undefined ? [] : [`--max-pods=${maxPods}`];
  if (ami.imageId === undefined) {
    return flags.length > 0 || kubeletConfig ? document({ kubelet: kubelet(kubeletConfig, flags) }) : undefined;
  }
  // With an image of ours EKS sets labels and taints only after the node has joined, which is too late for the first pods.
  if (Object.keys(labels).length > 0) {
    flags.push(`--node-labels=${Object.keys(labels).sort().map(key => `${key}=${labels[key]}`).join(',')}`);
  }
  if (taints.length > 0) {
    flags.push(`--register-with-taints=${taints.map(kubeletTaint).join(',')}`);
  }
  return document({
    cluster: {
      name: cluster.clusterName,
      apiServerEndpoint: cluster.clusterEndpoint,
      certificateAuthority: cluster.clusterCertificateAuthorityData,
      cidr: serviceCidr(props),
    },
    ...flags.length > 0 || kubeletConfig ? { kubelet: kubelet(kubeletConfig, flags) } : {},
  });
}

function document(spec: Record<string, any>) {
  return { apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec };
}

function kubelet(config: Record<string, any> | undefined, flags: string[]) {
  return { ...config ? { config } : {}, ...flags.length > 0 ? { flags } : {} };
}

/** @see https://bottlerocket.dev/en/os/latest/api/settings/kubernetes/ */
function bottlerocketSettings(ami: NodeAmi, props: UserDataProps): Record<string, any> {
  const { cluster, labels = {}, taints = [], maxPods } = props;
  const join = ami.imageId === undefined ? {} : {
    'api-server': cluster.clusterEndpoint,
    'cluster-certificate': cluster.clusterCertificateAuthorityData,
    'cluster-name': cluster.clusterName,
    'node-labels': labels,
    'node-taints': nodeTaints(taints),
  };
  return mergeValues({ kubernetes: mergeValues(join, { 'max-pods': maxPods }) }, props.bottlerocketSettings);
}

function nodeTaints(taints: eks.TaintSpec[]): Record<string, string[]> {
  const byKey: Record<string, string[]> = {};
  for (const taint of taints) {
    const [, value] = kubeletTaint(taint).split('=');
    byKey[taint.key!] = [...byKey[taint.key!] ?? [], value];
  }
  return byKey;
}

/** nodeadm wants the cluster's service CIDR and does not look it up. CloudFormation tells only an IPv6 one. */
function serviceCidr({ cluster, serviceCidr: given }: UserDataProps): string {
  if (given !== undefined) {
    return given;
  }
  const resource = clusterResource(cluster) as any;
  const network = resource?.kubernetesNetworkConfig;
  const known = network?.ipFamily === 'ipv6' ? resource.attrKubernetesNetworkConfigServiceIpv6Cidr : network?.serviceIpv4Cidr;
  if (known === undefined) {
    throw new Error('"serviceCidr" is missing: nodes with an image of yours must be told the cluster\'s service CIDR, give it here or as "serviceIpv4Cidr" '
      + 'of the cluster (`aws eks describe-cluster` shows it as kubernetesNetworkConfig.serviceIpv4Cidr)');
  }
  return known;
}

const BOUNDARY = 'NODE';

function part(type: string, body: string): string {
  return `--${BOUNDARY}\nContent-Type: ${type}\n\n${body}\n`;
}

function mime(parts: string[]): string {
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="${BOUNDARY}"\n\n${parts.join('\n')}\n--${BOUNDARY}--\n`;
}
