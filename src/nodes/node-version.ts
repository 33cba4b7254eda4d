import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { NodeAmi } from './node-ami';
import { clusterVersionAtSynth } from '../private/cluster-facts';
import { minorOf } from '../private/minor-of';

/** How a node group's Kubernetes version is given. */
export interface VersionProps {
  readonly cluster: eks.ICluster;
  readonly version?: eks.KubernetesVersion;
  readonly releaseVersion?: string;
}

/** The Kubernetes version of a node group: as given, or the cluster's. Undefined: EKS takes the cluster's when it makes the node group. */
export function nodeVersion(ami: NodeAmi, props: VersionProps): string | undefined {
  if (ami.imageId !== undefined) {
    for (const prop of ['version', 'releaseVersion'] as const) {
      if (props[prop] !== undefined) {
        throw new Error(`"${prop}" is given with an image of yours, which has its own: leave it out`);
      }
    }
    return undefined;
  }
  const clusterVersion = clusterVersionAtSynth(props.cluster);
  const version = props.version?.version ?? clusterVersion;
  checkSkew(version, clusterVersion);
  checkRelease(ami, version, props.releaseVersion);
  return version;
}

/** @see https://kubernetes.io/releases/version-skew-policy/#kubelet */
function checkSkew(version?: string, clusterVersion?: string): void {
  const [nodes, cluster] = [minor(version), minor(clusterVersion)];
  if (nodes === undefined || cluster === undefined) {
    return;
  }
  if (nodes > cluster) {
    throw new Error(`"version" is ${version} but the cluster has ${clusterVersion}: nodes cannot be newer, give at most ${clusterVersion} or upgrade the cluster first`);
  }
  if (cluster - nodes > 3) {
    throw new Error(`"version" is ${version} but the cluster has ${clusterVersion}: nodes can be three minor versions older at most, give 1.${cluster - 3} or newer`);
  }
}

function checkRelease(ami: NodeAmi, version?: string, release?: string): void {
  // Releases of Bottlerocket are numbered by its own version.
  if (release === undefined || Token.isUnresolved(release) || ami._family !== 'AL2023') {
    return;
  }
  const match = /^(\d+\.\d+)\.\d+-\d{8}$/.exec(release);
  if (!match) {
    throw new Error(`"releaseVersion" is "${release}": give the release of an image, such as "1.36.1-20261105"`);
  }
  if (version !== undefined && !Token.isUnresolved(version) && match[1] !== version) {
    throw new Error(`"releaseVersion" is "${release}" but the nodes' version is ${version}: give a release of ${version}`);
  }
}

function minor(version?: string): number | undefined {
  return version === undefined || Token.isUnresolved(version) || !/^1\.\d+$/.test(version) ? undefined : minorOf(version);
}
