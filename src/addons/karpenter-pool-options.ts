import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Ec2NodeClassOptions } from '../charts/ec2-node-class';
import { NodeClassRef } from '../charts/node-class-ref';
import { NodePoolOptions } from '../charts/node-pool';
import { CapacityType, NodeArchitecture } from '../charts/node-requirement';
import { AmiSelectorTerm, SecurityGroupSelectorTerm, SubnetSelectorTerm } from '../charts/selector-terms';

/**
 * What the nodes of a pool are made of. A class without a `name` is called after the id of the pool or class: `general-purpose` for
 * `GeneralPurpose`. A class of a Windows family gets a role for Windows nodes.
 */
export interface KarpenterNodeClassOptions extends Ec2NodeClassOptions {
  /**
   * Which images nodes start from; several terms are alternatives. With a pinned release (`AmiAlias`) you choose the time at which nodes are
   * replaced; with `al2023@latest` they are when AWS publishes an image, as the pool's disruption budgets allow.
   *
   * @default - the release `AmiAlias.AL2023_RELEASE` of Amazon Linux 2023; the newest of Windows for an `amiFamily` of Windows
   */
  readonly amiSelectorTerms?: AmiSelectorTerm[];

  /**
   * Subnets of the cluster's VPC that nodes start in. Not together with `subnetSelectorTerms`.
   *
   * @default - private subnets with a way out
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * What Karpenter finds subnets by, in the place of their ids: tags that subnets of elsewhere have.
   *
   * @default - the ids of `subnets`
   */
  readonly subnetSelectorTerms?: SubnetSelectorTerm[];

  /**
   * Security groups of nodes. Not together with `securityGroupSelectorTerms`.
   *
   * @default - the cluster's security group
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * What Karpenter finds security groups by, in the place of their ids.
   *
   * @default - the ids of `securityGroups`
   */
  readonly securityGroupSelectorTerms?: SecurityGroupSelectorTerm[];

  /**
   * Name of an instance profile of your own. Its role must be the `nodeRole` of Karpenter's, or the controller may not pass it.
   *
   * @default - Karpenter makes one; with `isolatedVpc` this construct does
   */
  readonly instanceProfile?: string;
}

/**
 * A pool of nodes that Karpenter launches and removes. A pool without a `name` is called after its id: `general-purpose` for `GeneralPurpose`.
 * Of `requirements`, one that names capacity types, architectures or operating systems takes the place of the default: on demand, amd64, and
 * what the pool's own node class has, else Linux.
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
