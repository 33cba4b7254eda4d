import { Annotations, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { checkTypes, instanceFacts, refusesWindows } from './instance-facts';
import { checkManaged, checkNodeLabels, checkTaints } from './labels-and-taints';
import { launchTemplateData } from './launch-template-data';
import { NodeAmi } from './node-ami';
import { nodeRepairConfig, scalingConfig, updateConfig, warmPoolConfig } from './node-group-config';
import { NodeRepair } from './node-repair';
import { newNodeRole } from './node-role';
import { nodeSubnets } from './node-subnets';
import { nodeVersion } from './node-version';
import { allowVolumes } from './volume-key';
import { WarmPool } from './warm-pool';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { checkText } from '../private/check-text';
import { onlyOne } from '../private/only-one';
import { sortKeys } from '../private/sort-keys';
import { checkTags } from '../private/tags';

/**
 * How EKS replaces nodes in an update.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export enum NodeUpdateStrategy {
  /** New nodes are launched before old ones are terminated. */
  DEFAULT = 'DEFAULT',

  /** Old nodes are terminated before new ones are launched: for instances that are hard to get twice, such as those with GPUs. */
  MINIMAL = 'MINIMAL',
}

/**
 * What a managed node group can be given.
 */
export interface ManagedNodeGroupOptions {
  /**
   * Instance types, 1 to 20, of one architecture. With Spot, give several: EKS takes those with the most spare capacity.
   * A change replaces the node group.
   */
  readonly instanceTypes: ec2.InstanceType[];

  /**
   * Name of the node group. With a name, a change that replaces the node group fails.
   *
   * @default - made by CloudFormation
   */
  readonly nodeGroupName?: string;

  /**
   * The nodes' machine image. A change replaces the node group.
   *
   * @default - Amazon Linux 2023 for the architecture of the instance types, with NVIDIA or Neuron drivers where they need them
   */
  readonly ami?: NodeAmi;

  /**
   * How capacity is bought. A change replaces the node group.
   *
   * @default eks.CapacityType.ON_DEMAND
   */
  readonly capacityType?: eks.CapacityType;

  /**
   * Id of the capacity reservation that nodes are launched in. Needed with `eks.CapacityType.CAPACITY_BLOCK`, together with `subnets` in
   * the reservation's zone only.
   *
   * @default - none
   */
  readonly capacityReservationId?: string;

  /**
   * The least number of nodes.
   *
   * @default 2
   */
  readonly minSize?: number;

  /**
   * The greatest number of nodes, at least 1.
   *
   * @default - the minimum or desired size, whichever is greater
   */
  readonly maxSize?: number;

  /**
   * The number of nodes.
   *
   * @default - the minimum size
   */
  readonly desiredSize?: number;

  /**
   * Whether something else, such as Cluster Autoscaler, sets the number of nodes. The template then says nothing of it; otherwise an
   * update that touches the sizes sets the number back. EKS refuses a minimum size above the number of nodes there are at that time.
   *
   * @default false
   */
  readonly autoscaled?: boolean;

  /**
   * Size of each node's volume for images and containers: the root volume, or Bottlerocket's data volume.
   *
   * @default Size.gibibytes(50)
   */
  readonly diskSize?: Size;

  /**
   * Key for the nodes' volumes, which are encrypted in any case. A key of this app is told to let EC2 use it; an imported
   * one must do so already.
   *
   * @default - the account's default key for EBS
   */
  readonly diskEncryptionKey?: kms.IKey;

  /**
   * Labels of the nodes.
   *
   * @default - none but EKS's own
   */
  readonly labels?: { [key: string]: string };

  /**
   * Taints of the nodes, at most 50. Key and effect are needed.
   *
   * @default - none
   */
  readonly taints?: eks.TaintSpec[];

  /**
   * Subnets of the cluster's VPC to launch nodes in. A change replaces the node group.
   *
   * @default - the private subnets with a way out
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Security groups of the nodes, besides the cluster's own.
   *
   * @default - the cluster security group alone
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The nodes' role. It must trust EC2 and hold the policies that nodes need; EKS makes its access entry. A change replaces the node group.
   *
   * @default - a new role with AmazonEKSWorkerNodePolicy and AmazonEC2ContainerRegistryPullOnly. It has no permissions for the CNI, which
   * gets them by Pod Identity or IRSA
   */
  readonly nodeRole?: iam.IRole;

  /**
   * Whether the new role lets nodes be reached through Session Manager (AmazonSSMManagedInstanceCore). There is no SSH access.
   *
   * @default false
   */
  readonly sessionManager?: boolean;

  /**
   * Kubernetes version of the nodes. Not newer than the cluster's, nor more than three minor versions older.
   *
   * @default - the cluster's, where it is known at synth: nodes follow when the cluster is upgraded. Otherwise the cluster's at the time
   * the node group is made
   */
  readonly version?: eks.KubernetesVersion;

  /**
   * Release of the image, such as '1.36.1-20261105'. Not with an image of yours.
   *
   * @default - the latest at the time the node group is made or its version changes
   */
  readonly releaseVersion?: string;

  /**
   * Whether an update goes on when pods cannot be moved because of a PodDisruptionBudget.
   *
   * @default false
   */
  readonly forceUpdate?: boolean;

  /**
   * Number of nodes, 1 to 100, that an update takes away at the same time. Not together with the percentage.
   *
   * @default 1
   */
  readonly maxUnavailable?: number;

  /**
   * Percentage of nodes, 1 to 100, that an update takes away at the same time. Not together with the number.
   *
   * @default - one node
   */
  readonly maxUnavailablePercentage?: number;

  /**
   * How EKS replaces nodes in an update.
   *
   * @default NodeUpdateStrategy.DEFAULT
   */
  readonly updateStrategy?: NodeUpdateStrategy;

  /**
   * Repair of unhealthy nodes.
   *
   * @default - EKS repairs nodes, with its own limits
   */
  readonly nodeRepair?: NodeRepair;

  /**
   * Instances that have booted already and wait beside the node group.
   *
   * @default - none
   */
  readonly warmPool?: WarmPool;

  /**
   * How many hops away the instance metadata service answers, 1 to 64. Only IMDSv2 is served. With 1, pods cannot reach it and so not
   * the node's role, unless they are on the host's network.
   *
   * @default 1
   */
  readonly metadataHopLimit?: number;

  /**
   * Whether CloudWatch gets the instances' metrics every minute, at a cost, instead of every five.
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;

  /**
   * The greatest number of pods on a node. Amazon Linux 2023 and Bottlerocket.
   *
   * @default - EKS computes it from the instance types and the CNI's configuration
   */
  readonly maxPods?: number;

  /**
   * Configuration of the kubelet, by the keys of KubeletConfiguration. Amazon Linux 2023. The keys `maxPods` and `clusterDNS` are
   * overridden by EKS.
   *
   * @default - that of the image
   * @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
   */
  readonly kubeletConfig?: { [key: string]: any };

  /**
   * Settings of Bottlerocket, below `settings`.
   *
   * @default - those of the image
   * @see https://bottlerocket.dev/en/os/latest/api/settings/
   */
  readonly bottlerocketSettings?: { [key: string]: any };

  /**
   * Commands that run before a node joins the cluster: lines of bash on Amazon Linux 2023, of PowerShell on Windows.
   *
   * @default - none
   */
  readonly preBootstrapCommands?: string[];

  /**
   * User data in place of what the props above would make. EKS merges its own into it, except with an image of yours: then it
   * must hold everything that lets a node join.
   *
   * @default - made from the props above where there is something to say
   */
  readonly userData?: ec2.UserData;

  /**
   * The cluster's service CIDR, for `NodeAmi.customAl2023()` only.
   *
   * @default - the cluster's, where it is known at synth
   */
  readonly serviceCidr?: string;

  /**
   * Tags of the node group, its instances and their volumes. A change replaces the nodes.
   *
   * @default - the node group has those of the stack, instances and volumes have none
   */
  readonly tags?: { [key: string]: string };

  /**
   * What CloudFormation does with the node group, its launch template and the role made for it when they leave the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Properties of a ManagedNodeGroup.
 */
export interface ManagedNodeGroupProps extends ManagedNodeGroupOptions {
  /**
   * The cluster. It may be in another stack, or imported with its VPC.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Nodes that EKS launches, updates and drains.
 *
 * They are launched once vpc-cni, kube-proxy and the pod identity agent are there, with IMDSv2 only and encrypted gp3 volumes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
export class ManagedNodeGroup extends Construct implements ec2.IConnectable {
  /** The node group's name. */
  public readonly nodeGroupName: string;

  /** ARN of the node group. */
  public readonly nodeGroupArn: string;

  /** The nodes' role. Pods do not get it. */
  public readonly nodeRole: iam.IRole;

  /** The nodes' machine image. */
  public readonly ami: NodeAmi;

  private readonly securityGroups: ec2.ISecurityGroup[];
  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: ManagedNodeGroupProps) {
    super(scope, id);
    const { cluster, capacityType } = props;
    this.cluster = cluster;
    this.securityGroups = props.securityGroups ?? [];
    checkName(props.nodeGroupName);
    checkInstanceTypes(props.instanceTypes);
    this.ami = props.ami ?? defaultAmi(props.instanceTypes);
    checkAmi(this, this.ami, props.instanceTypes);
    const labels = checkNodeLabels(props.labels);
    const taints = checkTaints(props.taints);
    checkManaged(labels, taints);
    const subnets = nodeSubnets(cluster, props.subnets);
    checkCapacity(this, props, subnets);
    checkTags(props.tags);

    // Before the resources: a mistake leaves nothing behind.
    const config = {
      scalingConfig: scalingConfig(props),
      updateConfig: updateConfig(props),
      nodeRepairConfig: nodeRepairConfig(props.nodeRepair),
      warmPoolConfig: warmPoolConfig(this.ami, props.warmPool, capacityType),
      version: nodeVersion(this.ami, props),
    };
    const tags = props.tags && sortKeys(props.tags);
    const data = launchTemplateData(this, this.ami, { ...props, labels, taints, tags });

    if (props.diskEncryptionKey) {
      allowVolumes(this, props.diskEncryptionKey);
    }
    this.nodeRole = props.nodeRole ?? newNodeRole(this, props.sessionManager);
    const launchTemplate = new ec2.CfnLaunchTemplate(this, 'LaunchTemplate', { launchTemplateData: data });
    const resource = new CfnNodegroup(this, 'Resource', {
      ...config,
      clusterName: cluster.clusterName,
      nodegroupName: props.nodeGroupName,
      nodeRole: this.nodeRole.roleArn,
      subnets: subnets.subnetIds,
      // EKS wants the image and the type of a capacity block in the launch template alone.
      amiType: this.ami.imageId === undefined ? this.ami.amiType : undefined,
      instanceTypes: data.instanceType === undefined ? props.instanceTypes.map(type => type.toString()) : undefined,
      capacityType,
      launchTemplate: { id: launchTemplate.ref, version: launchTemplate.attrLatestVersionNumber },
      labels: Object.keys(labels).length > 0 ? sortKeys(labels) : undefined,
      taints: taints.length > 0 ? taints.map(({ key, value, effect }) => ({ key, value: value || undefined, effect })) : undefined,
      releaseVersion: props.releaseVersion,
      forceUpdateEnabled: props.forceUpdate,
      tags,
    });
    this.node.defaultChild = resource;
    onlyOne(this, resource, cluster, { nodegroupName: props.nodeGroupName }, other =>
      `"nodeGroupName" is "${props.nodeGroupName}", as that of ${other} in the same cluster: give another one, or leave it out`);
    this.nodeGroupName = resource.attrNodegroupName;
    this.nodeGroupArn = resource.attrArn;

    // With its policies, also those that are added later, and with the way out: a node that starts without them does not join.
    resource.node.addDependency(this.nodeRole, subnets.internetConnectivityEstablished);
    if (props.removalPolicy) {
      resource.applyRemovalPolicy(props.removalPolicy);
      launchTemplate.applyRemovalPolicy(props.removalPolicy);
      (props.nodeRole ? undefined : this.nodeRole as iam.Role)?.applyRemovalPolicy(props.removalPolicy);
    }

    const bootstrap = Bootstrap.of(cluster);
    bootstrap.require(BootstrapStage.NETWORKING, resource);
    bootstrap.add(BootstrapStage.CAPACITY, resource);
  }

  /** The nodes' network connections: by the cluster security group and those given. */
  public get connections(): ec2.Connections {
    return new ec2.Connections({ securityGroups: [this.cluster.clusterSecurityGroup, ...this.securityGroups] });
  }
}

function checkName(name?: string): void {
  checkText('nodeGroupName', name, /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'at most 63 letters, digits, "-" and "_", beginning with a letter or digit');
}

function checkInstanceTypes(types: ec2.InstanceType[]): void {
  checkTypes(types, 20);
  const arm = types.find(type => instanceFacts(type)?.architecture === ec2.InstanceArchitecture.ARM_64);
  const x86 = types.find(type => instanceFacts(type)?.architecture === ec2.InstanceArchitecture.X86_64);
  if (arm && x86) {
    throw new Error(`"instanceTypes" has "${arm}" (arm64) and "${x86}" (x86_64): give types of one architecture, and a node group for each`);
  }
}

function defaultAmi(types: ec2.InstanceType[]): NodeAmi {
  const facts = types.map(instanceFacts);
  const accelerators = new Set(facts.map(fact => fact?.accelerator ?? 'none'));
  if (accelerators.size > 1) {
    throw new Error(`"instanceTypes" has ${types.join(', ')}, some with accelerators and some without, or with different ones: give types that need `
      + 'the same drivers, or say the "ami"');
  }
  const arm = facts.some(fact => fact?.architecture === ec2.InstanceArchitecture.ARM_64);
  const [accelerator] = accelerators;
  switch (accelerator) {
    case 'nvidia':
      return arm ? NodeAmi.AL2023_ARM_64_NVIDIA : NodeAmi.AL2023_X86_64_NVIDIA;
    case 'neuron':
      return NodeAmi.AL2023_X86_64_NEURON;
    default:
      return arm ? NodeAmi.AL2023_ARM_64_STANDARD : NodeAmi.AL2023_X86_64_STANDARD;
  }
}

function checkAmi(scope: Construct, ami: NodeAmi, types: ec2.InstanceType[]): void {
  for (const type of types) {
    const facts = instanceFacts(type);
    if (facts && ami.architecture && facts.architecture !== ami.architecture) {
      throw new Error(`"ami" is ${ami.imageId ?? ami.amiType} for ${ami.architecture} but "instanceTypes" has "${type}" of ${facts.architecture}: `
        + `give an image for ${facts.architecture}, or leave "ami" out for Amazon Linux 2023`);
    }
    if (facts && (ami._accelerator === 'nvidia' || ami._accelerator === 'neuron') && facts.accelerator !== ami._accelerator) {
      throw new Error(`"ami" is ${ami.amiType} but "instanceTypes" has "${type}", which has no such accelerator: give types that have one, or another image`);
    }
    if (facts && ami._accelerator === 'none' && facts.accelerator !== 'none') {
      Annotations.of(scope).addWarningV2('eks-slipway:nodeAmiWithoutDrivers',
        `"ami" is ${ami.amiType}, which has no drivers for the accelerators of "${type}": leave "ami" out, or bring drivers by an operator`);
    }
    if (ami._family === 'WINDOWS' && refusesWindows(type)) {
      throw new Error(`"instanceTypes" has "${type}", which cannot run Windows nodes: give a type of a newer generation`);
    }
  }
}

function checkCapacity(scope: Construct, props: ManagedNodeGroupProps, subnets: ec2.SelectedSubnets): void {
  const { capacityType, capacityReservationId, instanceTypes } = props;
  checkText('capacityReservationId', capacityReservationId, /^cr-[0-9a-f]+$/, 'the id of a reservation, such as "cr-0123456789abcdef0"');
  if (capacityType === eks.CapacityType.SPOT) {
    if (capacityReservationId !== undefined) {
      throw new Error('"capacityReservationId" is given with "capacityType" SPOT: Spot Instances are not launched in reservations, leave out one of the two');
    }
    if (instanceTypes.length === 1) {
      Annotations.of(scope).addWarningV2('eks-slipway:spotSingleInstanceType',
        `"instanceTypes" has "${instanceTypes[0]}" alone: Spot capacity of a single type runs out, give several types of about the same size`);
    }
  }
  if (capacityType === eks.CapacityType.CAPACITY_BLOCK) {
    if (capacityReservationId === undefined) {
      throw new Error('"capacityReservationId" is missing for "capacityType" CAPACITY_BLOCK: give the id of the block');
    }
    if (instanceTypes.length > 1) {
      throw new Error(`"instanceTypes" has ${instanceTypes.join(', ')}, but "capacityType" CAPACITY_BLOCK has a single type: give the type of the block`);
    }
    const zones = new Set(subnets.availabilityZones);
    if (zones.size > 1) {
      throw new Error(`"subnets" selects ${zones.size} zones, but a capacity block is in one: select the subnets of its zone (\`subnets: { availabilityZones: [...] }\`)`);
    }
  }
}
