import { Annotations, Duration, Lazy, RemovalPolicy, Size, Token, Tokenization } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, SpotAllocationStrategy } from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { checkTypes, instanceFacts } from './instance-facts';
import { checkNodeLabels, checkTaints } from './labels-and-taints';
import { launchTemplateData } from './launch-template-data';
import { NodeAmi } from './node-ami';
import { scalingConfig } from './node-group-config';
import { newNodeRole } from './node-role';
import { nodeSubnets } from './node-subnets';
import { nodeVersion } from './node-version';
import { checkImage, defaultImage, imageById } from './self-managed-node-group-image';
import { drainHook, groupTags, mixedInstancesPolicy, updatePolicy, usesSpot } from './self-managed-node-group-scaling';
import { allowVolumes } from './volume-key';
import { AccessEntry } from '../access/access-entry';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { checkSeconds } from '../private/check-number';
import { checkText } from '../private/check-text';
import { clusterResource } from '../private/cluster-facts';
import { installed, markInstalled } from '../private/installed';
import { sortKeys } from '../private/sort-keys';
import { checkTags } from '../private/tags';

/**
 * What a self-managed node group can be given.
 */
export interface SelfManagedNodeGroupOptions {
  /**
   * Instance types, 1 to 40, of one architecture and about the same size. On demand the first of them that can be had is taken; of Spot
   * Instances those with the most spare capacity at a low price.
   */
  readonly instanceTypes: ec2.InstanceType[];

  /**
   * Name of the Auto Scaling group.
   *
   * @default - made by CloudFormation
   */
  readonly autoScalingGroupName?: string;

  /**
   * The nodes' machine image: Amazon Linux 2023 or Bottlerocket, or one of yours made from them.
   *
   * @default - Amazon Linux 2023 for the architecture of the instance types, with NVIDIA or Neuron drivers where they need them
   */
  readonly ami?: NodeAmi;

  /**
   * Version of the image: 'v20261105' of Amazon Linux 2023, '1.50.0' of Bottlerocket. Not with an image of yours.
   *
   * @default - the newest at the time the launch template is made or changes
   */
  readonly amiVersion?: string;

  /**
   * Kubernetes version of the nodes. Not newer than the cluster's, nor more than three minor versions older. Not with an image of yours.
   *
   * @default - the cluster's, where it is known at synth: nodes are replaced when the cluster is upgraded. Otherwise it must be given
   */
  readonly version?: eks.KubernetesVersion;

  /**
   * The least number of nodes.
   *
   * @default 2
   */
  readonly minSize?: number;

  /**
   * The greatest number of nodes. An update goes below the minimum for a while where this is the same.
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
   * Whether Cluster Autoscaler sets the number of nodes. The group then has the tags by which it is found, and by which labels, taints and
   * disk of its nodes are known while there are none; and the template says nothing of the number.
   *
   * @default false
   */
  readonly autoscaled?: boolean;

  /**
   * How many nodes are on demand before any is Spot.
   *
   * @default 0
   */
  readonly onDemandBaseCapacity?: number;

  /**
   * Percentage, 0 to 100, of the nodes above the base that are on demand; the others are Spot Instances.
   *
   * @default 100
   */
  readonly onDemandPercentageAboveBaseCapacity?: number;

  /**
   * How Spot Instances are chosen among the types.
   *
   * @default SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED
   */
  readonly spotAllocationStrategy?: SpotAllocationStrategy;

  /**
   * Whether a Spot Instance that is likely to be interrupted is replaced before it is.
   *
   * @default false
   */
  readonly capacityRebalance?: boolean;

  /**
   * Size of each node's volume for images and containers: the root volume, or Bottlerocket's data volume.
   *
   * @default Size.gibibytes(50)
   */
  readonly diskSize?: Size;

  /**
   * Key for the nodes' volumes, which are encrypted in any case. A key of this app is told to let EC2 use it; an imported one must do
   * so already.
   *
   * @default - the account's default key for EBS
   */
  readonly diskEncryptionKey?: kms.IKey;

  /**
   * Labels of the nodes.
   *
   * @default - none but the kubelet's own
   */
  readonly labels?: { [key: string]: string };

  /**
   * Taints of the nodes. Key and effect are needed.
   *
   * @default - none
   */
  readonly taints?: eks.TaintSpec[];

  /**
   * Subnets of the cluster's VPC to launch nodes in.
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
   * The nodes' role. It must trust EC2 and hold the policies that nodes need.
   *
   * @default - a new role with AmazonEKSWorkerNodePolicy and AmazonEC2ContainerRegistryPullOnly. It has no permissions for the CNI, which
   * gets them by Pod Identity or IRSA
   */
  readonly nodeRole?: iam.IRole;

  /**
   * Whether an access entry (EC2_LINUX) is made for the role. A role has one entry in a cluster: of groups that share one, all but the
   * first say no.
   *
   * @default true
   */
  readonly accessEntry?: boolean;

  /**
   * Whether the new role lets nodes be reached through Session Manager (AmazonSSMManagedInstanceCore). There is no SSH access.
   *
   * @default false
   */
  readonly sessionManager?: boolean;

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
   * The greatest number of pods on a node.
   *
   * @default - what the image computes from the instance type
   */
  readonly maxPods?: number;

  /**
   * Configuration of the kubelet, by the keys of KubeletConfiguration. Amazon Linux 2023.
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
   * Commands of bash that run before a node joins the cluster. Amazon Linux 2023.
   *
   * @default - none
   */
  readonly preBootstrapCommands?: string[];

  /**
   * User data in place of what the props above would make. It must hold everything that lets a node join.
   *
   * @default - made from the props above
   */
  readonly userData?: ec2.UserData;

  /**
   * The cluster's service CIDR, which Amazon Linux 2023 must be told.
   *
   * @default - the cluster's, where it is known at synth
   */
  readonly serviceCidr?: string;

  /**
   * How long the termination handler may take to drain a node that Auto Scaling is about to end, from 30 seconds to two hours. When the whole
   * stack is deleted, the handler has gone before, and nodes wait for this time.
   *
   * @default - 5 minutes where a NodeTerminationHandler of this app runs in the cluster. Otherwise nodes are ended at once
   */
  readonly drainTimeout?: Duration;

  /**
   * Number of nodes, 1 to 100, that an update replaces at the same time.
   *
   * @default 1
   */
  readonly updateBatchSize?: number;

  /**
   * How long an update waits after each batch, for its nodes to become ready.
   *
   * @default Duration.minutes(2)
   */
  readonly updatePause?: Duration;

  /**
   * The age at which Auto Scaling replaces a node. At least a day.
   *
   * @default - none
   */
  readonly maxInstanceLifetime?: Duration;

  /**
   * Tags of the group, its instances and their volumes.
   *
   * @default - only those by which the cluster's parts know them
   */
  readonly tags?: { [key: string]: string };

  /**
   * What CloudFormation does with the group, its launch template and the role made for it when they leave the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Properties of a SelfManagedNodeGroup.
 */
export interface SelfManagedNodeGroupProps extends SelfManagedNodeGroupOptions {
  /**
   * The cluster. It may be in another stack, or imported with its VPC, endpoint, certificate and security group.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Nodes in an Auto Scaling group of your own: for mixes of on-demand and Spot Instances, and for whatever managed node groups and Karpenter
 * cannot do. An update replaces them a batch at a time; only with `addons.NodeTerminationHandler` are they drained before they go.
 *
 * They are launched once vpc-cni, kube-proxy and the pod identity agent are there, with IMDSv2 only and encrypted gp3 volumes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/worker.html
 */
export class SelfManagedNodeGroup extends Construct implements ec2.IConnectable {
  /**
   * A group in each zone of the subnets, for pods with volumes: they can run only in the zone of theirs, and of a group over several zones
   * Cluster Autoscaler cannot say in which one a node will come. Sizes are those of each group; ids are those of `scope`, with Zone1, Zone2 ...
   *
   * @param scope where the groups stand
   * @param id what their ids begin with
   * @param props those of every group
   */
  public static perZone(scope: Construct, id: string, props: SelfManagedNodeGroupProps): SelfManagedNodeGroup[] {
    const { subnets } = nodeSubnets(props.cluster, props.subnets);
    const zones = [...new Set(subnets.map(subnet => subnet.availabilityZone))];
    if (props.autoScalingGroupName !== undefined && zones.length > 1) {
      throw new Error(`"autoScalingGroupName" is "${props.autoScalingGroupName}" for the groups of ${zones.length} zones: leave it out, each needs a name of its own`);
    }
    return zones.map((zone, index) => new SelfManagedNodeGroup(scope, `${id}Zone${index + 1}`, {
      ...props, subnets: { subnets: subnets.filter(subnet => subnet.availabilityZone === zone) },
    }));
  }

  /** Name of the Auto Scaling group. */
  public readonly autoScalingGroupName: string;

  /** The nodes' role. Pods do not get it. */
  public readonly nodeRole: iam.IRole;

  /** The nodes' machine image. */
  public readonly ami: NodeAmi;

  private readonly securityGroups: ec2.ISecurityGroup[];
  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: SelfManagedNodeGroupProps) {
    super(scope, id);
    const { cluster } = props;
    this.cluster = cluster;
    this.securityGroups = [cluster.clusterSecurityGroup, ...props.securityGroups ?? []];
    checkName(props.autoScalingGroupName);
    checkInstanceTypes(props.instanceTypes);
    checkTags(props.tags);
    checkServiceCidr(props);
    this.ami = props.ami ?? defaultImage(props.instanceTypes);
    checkImage(this.ami, props.instanceTypes);
    const labels = checkNodeLabels(props.labels);
    const taints = checkTaints(props.taints);
    const subnets = nodeSubnets(cluster, props.subnets);
    const { minSize = 0, maxSize, desiredSize } = scalingConfig(props);
    const version = this.ami.imageId === undefined ? nodeVersion(this.ami, props) : props.version?.version;
    const tags = props.tags && sortKeys(props.tags);

    const data = launchTemplateData(this, imageById(this.ami, version, props.amiVersion), { ...props, labels, taints, tags });
    const lifetime = checkLifetime(props.maxInstanceLifetime);
    if (props.drainTimeout) {
      drainHook(props.drainTimeout); // refuses it here, and not when the template is rendered
    }
    if (usesSpot(props) && props.instanceTypes.length === 1) {
      Annotations.of(this).addWarningV2('eks-slipway:spotSingleInstanceType',
        `"instanceTypes" has "${props.instanceTypes[0]}" alone: Spot capacity of a single type runs out, give several types of about the same size`);
    }

    if (props.diskEncryptionKey) {
      allowVolumes(this, props.diskEncryptionKey);
    }
    this.nodeRole = props.nodeRole ?? newNodeRole(this, props.sessionManager);
    const instanceProfile = new iam.InstanceProfile(this, 'InstanceProfile', { role: this.nodeRole });
    const launchTemplate = new ec2.CfnLaunchTemplate(this, 'LaunchTemplate', {
      launchTemplateData: {
        ...data,
        iamInstanceProfile: { arn: instanceProfile.instanceProfileArn },
        securityGroupIds: this.securityGroups.map(group => group.securityGroupId),
      },
    });
    const resource = new CfnAutoScalingGroup(this, 'Resource', {
      autoScalingGroupName: props.autoScalingGroupName,
      minSize: Tokenization.stringifyNumber(minSize),
      maxSize: Tokenization.stringifyNumber(maxSize),
      desiredCapacity: desiredSize === undefined ? undefined : Tokenization.stringifyNumber(desiredSize),
      vpcZoneIdentifier: subnets.subnetIds,
      mixedInstancesPolicy: mixedInstancesPolicy(props, launchTemplate),
      capacityRebalance: props.capacityRebalance,
      lifecycleHookSpecificationList: Lazy.any({ produce: () => this.hooks(props.drainTimeout) }, { omitEmptyArray: true }),
      maxInstanceLifetime: lifetime,
      tags: groupTags({ cluster, autoscaled: props.autoscaled, labels, taints, tags, diskSize: props.diskSize ?? Size.gibibytes(50) }),
    });
    resource.cfnOptions.updatePolicy = updatePolicy(props, minSize, maxSize);
    this.node.defaultChild = resource;
    this.autoScalingGroupName = resource.ref;
    markInstalled(this, cluster, 'SelfManagedNodeGroup');

    // With its policies, also those that are added later, its entry and the way out: a node that starts without them does not join.
    resource.node.addDependency(this.nodeRole, subnets.internetConnectivityEstablished);
    if (props.accessEntry !== false) {
      const entry = new AccessEntry(this, 'Access', { cluster, principal: this.nodeRole, type: eks.AccessEntryType.EC2_LINUX });
      resource.node.addDependency(entry);
    }
    if (props.removalPolicy) {
      for (const part of [resource, launchTemplate, ...props.nodeRole ? [] : [this.nodeRole as iam.Role]]) {
        part.applyRemovalPolicy(props.removalPolicy);
      }
    }

    const bootstrap = Bootstrap.of(cluster);
    bootstrap.require(BootstrapStage.NETWORKING, resource);
    bootstrap.add(BootstrapStage.CAPACITY, resource);
  }

  /** The nodes' network connections: by the cluster security group and those given. */
  public get connections(): ec2.Connections {
    return new ec2.Connections({ securityGroups: this.securityGroups });
  }

  private hooks(drainTimeout?: Duration) {
    const isHandled = installed(this.cluster, 'NodeTerminationHandler').length > 0;
    return drainTimeout ?? isHandled ? [drainHook(drainTimeout ?? Duration.minutes(5))] : [];
  }
}

function checkName(name?: string): void {
  checkText('autoScalingGroupName', name, /^[^:]{1,255}$/, '1 to 255 characters without ":"');
}

function checkInstanceTypes(types: ec2.InstanceType[]): void {
  checkTypes(types, 40);
  const architectures = new Set(types.map(type => instanceFacts(type)?.architecture).filter(Boolean));
  if (architectures.size > 1) {
    throw new Error(`"instanceTypes" has ${types.join(', ')}, of several architectures: give types of one, and a node group for each`);
  }
}

/** nodeadm does not look it up, and CloudFormation tells only an IPv6 one. */
function checkServiceCidr({ cluster, ami, serviceCidr, userData }: SelfManagedNodeGroupProps): void {
  const network = (clusterResource(cluster) as any)?.kubernetesNetworkConfig;
  const isKnown = network?.ipFamily === 'ipv6' || network?.serviceIpv4Cidr !== undefined;
  if (serviceCidr === undefined && !userData && !isKnown && (ami?._family ?? 'AL2023') === 'AL2023') {
    throw new Error('"serviceCidr" is missing: nodes that EKS does not launch must be told the cluster\'s service CIDR, give it here or as '
      + '"serviceIpv4Cidr" of the cluster (`aws eks describe-cluster` shows it as kubernetesNetworkConfig.serviceIpv4Cidr)');
  }
}

function checkLifetime(lifetime?: Duration): number | undefined {
  const seconds = lifetime && checkSeconds('maxInstanceLifetime', lifetime, 0).toSeconds();
  if (seconds !== undefined && !Token.isUnresolved(seconds) && seconds < 86400) {
    throw new Error(`"maxInstanceLifetime" is ${seconds} seconds: give at least a day`);
  }
  return seconds;
}
