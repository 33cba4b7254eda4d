import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { HelmAddonOptions } from './helm-addon-options';
import { Ec2NodeClassOptions } from '../charts/ec2-node-class';
import { NodeClassRef } from '../charts/node-class-ref';
import { NodePoolOptions } from '../charts/node-pool';
import { CapacityType, NodeArchitecture } from '../charts/node-requirement';
import { AmiSelectorTerm } from '../charts/selector-terms';

/**
 * Options of Karpenter. `version` is that of both of its charts, `repository` where both are.
 */
export interface KarpenterOptions extends HelmAddonOptions {}

/**
 * What the nodes of a pool are made of. A class without a `name` is called after the id of the pool or class: `general-purpose` for
 * `GeneralPurpose`.
 */
export interface KarpenterNodeClassOptions extends Ec2NodeClassOptions {
  /**
   * Which images nodes start from; several terms are alternatives. With `al2023@latest` nodes are replaced when AWS publishes an image, as
   * the pool's disruption budgets allow; a pinned alias such as `al2023@v20260801` leaves the time to you.
   *
   * @default - the alias al2023@latest
   */
  readonly amiSelectorTerms?: AmiSelectorTerm[];

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
}

/**
 * A pool of nodes that Karpenter launches and removes. A pool without a `name` is called after its id: `general-purpose` for `GeneralPurpose`.
 * Of `requirements`, one that names capacity types, architectures or operating systems takes the place of the default: on demand, amd64, Linux.
 */
export interface KarpenterNodePoolOptions extends NodePoolOptions {
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
