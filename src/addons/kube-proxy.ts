import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { BootstrapStage } from '../delivery/bootstrap';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';
import { clusterVersionAtSynth } from '../private/cluster-facts';
import { mergeValues } from '../private/merge-values';
import { minorOf } from '../private/minor-of';

/**
 * How kube-proxy routes the traffic of services on a node.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-modes
 */
export enum KubeProxyMode {
  /** By iptables rules. */
  IPTABLES = 'iptables',

  /** By nftables rules, which scale to more services. Nodes need Linux 5.13 or newer, and the add-on a version that knows the mode. */
  NFTABLES = 'nftables',

  /** By the kernel's virtual servers. Deprecated in Kubernetes since 1.35. */
  IPVS = 'ipvs',
}

/**
 * Options of KubeProxy.
 */
export interface KubeProxyOptions extends ManagedAddonOptions {
  /**
   * How the traffic of services is routed.
   *
   * @default - EKS's default: KubeProxyMode.IPTABLES
   */
  readonly mode?: KubeProxyMode;
}

/**
 * Properties of KubeProxy.
 */
export interface KubeProxyProps extends KubeProxyOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * kube-proxy: routes the traffic of services on every node. An EKS add-on.
 *
 * - **Auto Mode**: needless, every node has it.
 * - **Fargate**: needless.
 * - **Windows**: needless, it is part of the image.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html
 *
 * @example
 * new addons.KubeProxy(stack, 'KubeProxy', { cluster: existing });
 */
export class KubeProxy extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: KubeProxyProps) {
    super(scope, id);
    checkSkew(props);
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      addonName: 'kube-proxy',
      configurationValues: mergeValues({ mode: props.mode }, props.configurationValues),
      after: BootstrapStage.CONTROL_PLANE,
      stage: BootstrapStage.NETWORKING,
    });
  }
}

/** kube-proxy is numbered as Kubernetes is, and not newer than the API server. */
function checkSkew({ cluster, addonVersion }: KubeProxyProps): void {
  const clusterVersion = clusterVersionAtSynth(cluster);
  const own = /^v1\.(\d+)\./.exec(addonVersion ?? '')?.[1];
  if (clusterVersion === undefined || own === undefined) {
    return;
  }
  const newest = minorOf(clusterVersion);
  if (Number(own) > newest || Number(own) < newest - 3) {
    throw new Error(`"addonVersion" is "${addonVersion}" but the cluster has Kubernetes ${clusterVersion}: give one from v1.${newest - 3} to v1.${newest}, `
      + 'or leave it out for EKS\'s default');
  }
}
