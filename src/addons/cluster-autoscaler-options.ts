import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { HelmAddonOptions } from './helm-addon-options';

/**
 * How Cluster Autoscaler chooses among the groups that a pending pod fits.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-are-expanders
 */
export enum ClusterAutoscalerExpander {
  /** The group that would leave the least CPU idle. */
  LEAST_WASTE = 'least-waste',

  /** The group with the highest priority, as `priorities` say. */
  PRIORITY = 'priority',

  /** The group on which the most pods would fit. */
  MOST_PODS = 'most-pods',

  /** The group that would need the fewest nodes. */
  LEAST_NODES = 'least-nodes',

  /** Any of them. */
  RANDOM = 'random',
}

/**
 * A priority of some groups.
 */
export interface ClusterAutoscalerPriority {
  /**
   * The priority, at least 1. The highest wins.
   */
  readonly priority: number;

  /**
   * Regular expressions, of which one matches the name of an Auto Scaling group: '.*spot.*', or the `autoScalingGroupName` of a group.
   */
  readonly groups: string[];
}

/**
 * Options of ClusterAutoscaler.
 */
export interface ClusterAutoscalerOptions extends HelmAddonOptions {
  /**
   * Kubernetes version that the autoscaler's own goes by.
   *
   * @default - the cluster's, where it is known at synth; otherwise the newest that is known, with a warning
   */
  readonly kubernetesVersion?: eks.KubernetesVersion;

  /**
   * How it chooses among groups, in this order: each is asked about those that the one before found equally good.
   *
   * @default - by priority where there are `priorities`, then by least waste
   */
  readonly expanders?: ClusterAutoscalerExpander[];

  /**
   * Priorities of groups, for the expander of that name. A group that none of them matches is used for nothing.
   *
   * @default - none
   */
  readonly priorities?: ClusterAutoscalerPriority[];

  /**
   * Whether groups with nodes of the same kind are kept at the same size: those of the zones, for instance.
   *
   * @default true
   */
  readonly balanceSimilarNodeGroups?: boolean;
}
