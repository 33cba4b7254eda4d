import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';
import { checkInteger } from '../private/check-number';
import { mergeValues } from '../private/merge-values';

/**
 * Options of CoreDns.
 */
export interface CoreDnsOptions extends ManagedAddonOptions {
  /**
   * Number of pods. Not together with `minReplicas` and `maxReplicas`.
   *
   * @default - EKS's default: 2
   */
  readonly replicaCount?: number;

  /**
   * Fewest pods when EKS scales CoreDNS with the cluster's nodes and cores. Giving it, or `maxReplicas`, turns that on.
   *
   * @default - 2 when `maxReplicas` is given, otherwise CoreDNS is not scaled
   * @see https://docs.aws.amazon.com/eks/latest/userguide/coredns-autoscaling.html
   */
  readonly minReplicas?: number;

  /**
   * Most pods when EKS scales CoreDNS.
   *
   * @default - EKS's default when `minReplicas` is given, otherwise CoreDNS is not scaled
   */
  readonly maxReplicas?: number;

  /**
   * What CoreDNS runs on. On Fargate a profile must select the namespace kube-system.
   *
   * @default eks.CoreDnsComputeType.EC2
   */
  readonly computeType?: eks.CoreDnsComputeType;

  /**
   * The whole Corefile, in place of EKS's own.
   *
   * @default - EKS's own
   * @see https://coredns.io/manual/configuration/
   */
  readonly corefile?: string;
}

/**
 * Properties of CoreDns.
 */
export interface CoreDnsProps extends CoreDnsOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * CoreDNS: resolves the names of services and pods. An EKS add-on, installed when there are nodes to run it.
 *
 * - **Auto Mode**: needless, every node has it.
 * - **Fargate**: yes, with `computeType`.
 * - **Windows**: partly, serves pods there, runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html
 *
 * @example
 * new addons.CoreDns(stack, 'CoreDns', {
 *   cluster: existing,
 *   minReplicas: 2,
 *   maxReplicas: 10,
 * });
 */
export class CoreDns extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: CoreDnsProps) {
    super(scope, id);
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      addonName: 'coredns',
      configurationValues: mergeValues({
        replicaCount: props.replicaCount === undefined ? undefined : checkInteger('replicaCount', props.replicaCount, 1),
        autoScaling: autoScaling(props),
        computeType: props.computeType === eks.CoreDnsComputeType.FARGATE ? 'Fargate' : undefined,
        corefile: props.corefile,
      }, props.configurationValues),
    });
  }
}

function autoScaling({ replicaCount, minReplicas, maxReplicas }: CoreDnsOptions): Record<string, any> | undefined {
  if (minReplicas === undefined && maxReplicas === undefined) {
    return undefined;
  }
  if (replicaCount !== undefined) {
    throw new Error(`"replicaCount" is ${replicaCount} but EKS is told to scale CoreDNS: leave it out, or "minReplicas" and "maxReplicas"`);
  }
  const min = checkInteger('minReplicas', minReplicas ?? 2, 1);
  const max = maxReplicas === undefined ? undefined : checkInteger('maxReplicas', maxReplicas, 1);
  if (max !== undefined && ![min, max].some(Token.isUnresolved) && min > max) {
    throw new Error(`"maxReplicas" is ${max} but "minReplicas" is ${min}${minReplicas === undefined ? ' by default' : ''}: `
      + `give a "maxReplicas" of at least ${min}, or a lower "minReplicas"`);
  }
  return { enabled: true, minReplicas: min, maxReplicas: max };
}
