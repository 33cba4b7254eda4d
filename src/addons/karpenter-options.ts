import { Duration, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { HelmAddonOptions } from './helm-addon-options';
import { AmiFamily, InstanceStorePolicy } from '../charts/ec2-node-class';
import { KarpenterDuration } from '../charts/karpenter-duration';
import { KubeletConfiguration } from '../charts/kubelet-configuration';
import { NodeClassRef } from '../charts/node-class-ref';
import { ConsolidationPolicy, DisruptionBudget } from '../charts/node-pool';
import { CapacityType, NodeArchitecture, NodeRequirement } from '../charts/node-requirement';
import { NodeTaint } from '../charts/node-taint';
import { AmiSelectorTerm } from '../charts/selector-terms';

/**
 * Options of Karpenter. `version` is that of both of its charts, `repository` where both are.
 */
export interface KarpenterOptions extends HelmAddonOptions {}

/**
 * What the nodes of a pool are made of.
 */
export interface KarpenterNodeClassOptions {
  /**
   * Name of the EC2NodeClass.
   *
   * @default - made from the id of the pool or class: `general-purpose` for `GeneralPurpose`
   */
  readonly name?: string;

  /**
   * Which images nodes start from; several terms are alternatives. With `al2023@latest` nodes are replaced when AWS publishes an image, as
   * the pool's disruption budgets allow; a pinned alias such as `al2023@v20260801` leaves the time to you.
   *
   * @default - the alias al2023@latest
   */
  readonly amiSelectorTerms?: AmiSelectorTerm[];

  /**
   * The kind of the image. Needed when `amiSelectorTerms` has no alias.
   *
   * @default - the family of the alias
   */
  readonly amiFamily?: AmiFamily;

  /**
   * Subnets of the cluster's VPC that nodes start in.
   *
   * @default - private subnets with a way out
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Security groups of nodes.
   *
   * @default - the cluster's security group
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The size of the encrypted gp3 volume that holds images, containers and logs.
   *
   * @default Size.gibibytes(50)
   */
  readonly rootVolumeSize?: Size;

  /**
   * User data in the format of the image family; Karpenter merges into it what joins the node to the cluster.
   *
   * @default - only what joins the node to the cluster
   */
  readonly userData?: string;

  /**
   * Settings of the kubelet.
   *
   * @default - as Karpenter and the image set them
   */
  readonly kubelet?: KubeletConfiguration;

  /**
   * Tags of instances, volumes, network interfaces and launch templates.
   *
   * @default - Karpenter's own tags only
   */
  readonly tags?: { [key: string]: string };

  /**
   * What is done with the disks that an instance has in itself.
   *
   * @default - they are not used
   */
  readonly instanceStorePolicy?: InstanceStorePolicy;
}

/**
 * A pool of nodes that Karpenter launches and removes.
 */
export interface KarpenterNodePoolOptions {
  /**
   * Name of the NodePool.
   *
   * @default - made from the id: `general-purpose` for `GeneralPurpose`
   */
  readonly name?: string;

  /**
   * How nodes are paid for; of several, Karpenter prefers reserved, then Spot.
   *
   * @default [CapacityType.ON_DEMAND]
   */
  readonly capacityTypes?: CapacityType[];

  /**
   * CPU architectures of nodes. Images of all pods must be made for each of them.
   *
   * @default [NodeArchitecture.AMD64]
   */
  readonly architectures?: NodeArchitecture[];

  /**
   * What else nodes have to be. One that names capacity types, architectures or operating systems takes the place of the default.
   *
   * @default - Linux, and whatever the pods need
   */
  readonly requirements?: NodeRequirement[];

  /**
   * The most that all nodes of the pool have together, by resource: `{ cpu: '1000', memory: '1000Gi' }`.
   *
   * @default - no limit
   */
  readonly limits?: { [resource: string]: string };

  /**
   * Labels of the nodes.
   *
   * @default - none but Karpenter's own
   */
  readonly labels?: { [key: string]: string };

  /**
   * Taints of the nodes.
   *
   * @default - none
   */
  readonly taints?: NodeTaint[];

  /**
   * Taints that something else, such as a DaemonSet, removes when a node is ready for pods.
   *
   * @default - none
   */
  readonly startupTaints?: NodeTaint[];

  /**
   * Which nodes may be replaced or removed to save cost.
   *
   * @default - Karpenter's default: `WHEN_EMPTY_OR_UNDERUTILIZED`
   */
  readonly consolidationPolicy?: ConsolidationPolicy;

  /**
   * How long a node has to be without a change of pods before it is consolidated.
   *
   * @default - at once
   */
  readonly consolidateAfter?: KarpenterDuration;

  /**
   * How many nodes may be disrupted at a time; of several that hold, the strictest counts.
   *
   * @default - Karpenter's default: 10% of the pool
   */
  readonly disruptionBudgets?: DisruptionBudget[];

  /**
   * The age at which a node is replaced.
   *
   * @default - Karpenter's default: 30 days
   */
  readonly expireAfter?: KarpenterDuration;

  /**
   * The longest that a node drains before its pods are removed by force.
   *
   * @default - it waits for the pods without end
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Which pool is tried first when several fit: the one with the highest weight, from 1 to 100.
   *
   * @default - no weight, which is tried last
   */
  readonly weight?: number;

  /**
   * What the nodes are made of. Not together with `nodeClassRef`.
   *
   * @default - Amazon Linux 2023 in the cluster's private subnets, with the cluster's security group
   */
  readonly nodeClass?: KarpenterNodeClassOptions;

  /**
   * A node class that exists, such as one of `addNodeClass`.
   *
   * @default - the pool has a class of its own, as `nodeClass` says
   */
  readonly nodeClassRef?: NodeClassRef;
}
