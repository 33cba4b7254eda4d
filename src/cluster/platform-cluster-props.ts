import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CoreDnsOptions } from '../addons/core-dns';
import { KubeProxyOptions } from '../addons/kube-proxy';
import { PodIdentityAgentOptions } from '../addons/pod-identity-agent';
import { VpcCniOptions } from '../addons/vpc-cni';
import { DeliveryOptions } from '../delivery/delivery';
import { TeardownOptions } from '../delivery/teardown-options';

/**
 * What EKS does when the standard support of the cluster's Kubernetes version ends.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
 */
export enum SupportType {
  /** EKS upgrades the control plane to the next version by itself. */
  STANDARD = 'STANDARD',

  /** The version stays for another twelve months, at a higher price. */
  EXTENDED = 'EXTENDED',
}

/**
 * The way of traffic from the control plane to webhooks, OIDC issuers and the like.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-cluster-resourcesvpcconfig.html
 */
export enum ControlPlaneEgressMode {
  /** EKS routes it. */
  AWS_MANAGED = 'AWS_MANAGED',

  /** Through the VPC, by its routes. A cluster cannot go back to AWS_MANAGED from it. */
  CUSTOMER_ROUTED = 'CUSTOMER_ROUTED',

  /** Within the VPC only. */
  CUSTOMER_ISOLATED = 'CUSTOMER_ISOLATED',
}

/**
 * The size of the control plane.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-provisioned-control-plane.html
 */
export enum ControlPlaneScalingTier {
  /** EKS sizes it by the load. */
  STANDARD = 'standard',

  /** Provisioned, extra large. */
  XL = 'tier-xl',

  /** Provisioned, twice extra large. */
  XL2 = 'tier-2xl',

  /** Provisioned, four times extra large. */
  XL4 = 'tier-4xl',

  /** Provisioned, eight times extra large. */
  XL8 = 'tier-8xl',
}

/**
 * The node pools that come with EKS Auto Mode.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html
 */
export enum AutoModeNodePool {
  /** For workloads: on-demand instances of the c, m and r families, amd64. */
  GENERAL_PURPOSE = 'general-purpose',

  /** For what carries the cluster: tainted with CriticalAddonsOnly, amd64 and arm64. */
  SYSTEM = 'system',
}

/**
 * Options of EKS Auto Mode.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html
 */
export interface AutoModeOptions {
  /**
   * The built-in node pools that are on. With none, only node pools of your own make nodes.
   *
   * @default [AutoModeNodePool.SYSTEM, AutoModeNodePool.GENERAL_PURPOSE]
   */
  readonly nodePools?: AutoModeNodePool[];

  /**
   * The role of nodes of the built-in node pools. It cannot be given where there are none.
   *
   * @default - a new role with AmazonEKSWorkerNodeMinimalPolicy and AmazonEC2ContainerRegistryPullOnly
   */
  readonly nodeRole?: iam.IRole;
}

/**
 * Parameters of the Kubernetes API server.
 */
export interface KubeApiServerOptions {
  /**
   * How long events are kept.
   *
   * @default - EKS's default
   */
  readonly eventTtl?: Duration;

  /**
   * The first port for services of type NodePort. Together with `serviceNodePortMax`.
   *
   * @default - EKS's default: 30000
   */
  readonly serviceNodePortMin?: number;

  /**
   * The last port for services of type NodePort. Together with `serviceNodePortMin`.
   *
   * @default - EKS's default: 32767
   */
  readonly serviceNodePortMax?: number;
}

/**
 * Parameters of the Kubernetes controller manager.
 */
export interface KubeControllerManagerOptions {
  /**
   * How often horizontal pod autoscalers look at their metrics.
   *
   * @default - EKS's default
   */
  readonly horizontalPodAutoscalerSyncPeriod?: Duration;

  /**
   * Number of terminated pods from which on the garbage collector removes the oldest.
   *
   * @default - EKS's default
   */
  readonly terminatedPodGcThreshold?: number;
}

/**
 * How the scheduler scores nodes by their free resources.
 */
export enum NodeScoring {
  /** The emptiest first, which spreads pods. */
  LEAST_ALLOCATED = 'LeastAllocated',

  /** The fullest first, which packs pods. */
  MOST_ALLOCATED = 'MostAllocated',
}

/**
 * Parameters of the Kubernetes scheduler.
 */
export interface KubeSchedulerOptions {
  /**
   * How nodes are scored by their free resources.
   *
   * @default - EKS's default
   */
  readonly nodeScoring?: NodeScoring;

  /**
   * How much each resource counts when nodes are scored, by its name: `{ cpu: 1, memory: 2 }`. It needs `nodeScoring`.
   *
   * @default - EKS's default
   */
  readonly resourceWeights?: { [resource: string]: number };
}

/**
 * The teardown of a PlatformCluster.
 */
export interface PlatformTeardownOptions extends TeardownOptions {
  /**
   * Whether a deletion of the stack removes what its controllers made. Without, delete load balancers, node pools and volume claims by
   * hand before the stack: CloudFormation does not know them, and what they leave blocks the deletion of the network. In a network without a way
   * out the delivery function must still reach the APIs that `Teardown` names.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * The VPC CNI of a PlatformCluster.
 */
export interface PlatformVpcCniOptions extends VpcCniOptions {
  /**
   * Whether the cluster comes with it. Without, no node becomes ready until another CNI is installed.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * kube-proxy of a PlatformCluster.
 */
export interface PlatformKubeProxyOptions extends KubeProxyOptions {
  /**
   * Whether the cluster comes with it.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * CoreDNS of a PlatformCluster.
 */
export interface PlatformCoreDnsOptions extends CoreDnsOptions {
  /**
   * Whether the cluster comes with it.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * The Pod Identity agent of a PlatformCluster.
 */
export interface PlatformPodIdentityAgentOptions extends PodIdentityAgentOptions {
  /**
   * Whether the cluster comes with it. Without, roles of service accounts need IRSA, the VPC CNI's too.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * Properties of a PlatformCluster.
 */
export interface PlatformClusterProps {
  /**
   * The Kubernetes version.
   */
  readonly version: eks.KubernetesVersion;

  /**
   * Name of the cluster. It cannot be changed later: CloudFormation refuses to replace a cluster whose name is known.
   *
   * @default - the stack's name and the ids of the constructs below it, joined by "-"
   */
  readonly clusterName?: string;

  /**
   * The layer that holds helm, such as `KubectlV36Layer` of `@aws-cdk/lambda-layer-kubectl-v36`. Only Helm charts need it.
   *
   * @default - none; a HelmRelease is refused at synth until `useKubectlLayer` gives one
   */
  readonly kubectlLayer?: lambda.ILayerVersion;

  /**
   * Roles that administrate the cluster: each gets an access entry with AmazonEKSClusterAdminPolicy.
   *
   * @default - nobody but the delivery function; a warning says so
   */
  readonly admins?: iam.IRole[];

  /**
   * Turns EKS Auto Mode on: EKS itself makes nodes, load balancers and volumes, and runs the add-ons that nodes need. `{}` takes
   * its defaults.
   *
   * @default - off
   */
  readonly autoMode?: AutoModeOptions;

  /**
   * The VPC.
   *
   * @default - a new PlatformVpc next to the cluster, with the cluster's id and "Vpc" as its own
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Where the control plane puts its network interfaces: subnets in at least two zones.
   *
   * @default - the VPC's private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection[];

  /**
   * Who reaches the API server. Public access needs CIDR blocks, as in `eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24')`.
   *
   * @default eks.EndpointAccess.PRIVATE
   */
  readonly endpointAccess?: eks.EndpointAccess;

  /**
   * Security group of the control plane's network interfaces, next to the one that EKS makes.
   *
   * @default - a new one
   */
  readonly securityGroup?: ec2.ISecurityGroup;

  /**
   * The role of the control plane. It cannot be changed later.
   *
   * @default - a new role with AmazonEKSClusterPolicy and, on Auto Mode, its policies
   */
  readonly role?: iam.IRole;

  /**
   * Logs of the control plane that go to CloudWatch Logs. An empty list turns them off.
   *
   * @default - all five: api, audit, authenticator, controllerManager, scheduler
   */
  readonly controlPlaneLogs?: eks.ClusterLoggingTypes[];

  /**
   * How long control plane logs are kept.
   *
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Key that encrypts the control plane's log group. Its policy must let CloudWatch Logs use it.
   *
   * @default - the log group is encrypted by CloudWatch Logs' own key
   */
  readonly logEncryptionKey?: kms.IKey;

  /**
   * What happens to the control plane's logs when the stack is deleted. EKS fixes the name of their log group by the cluster's name:
   * after `RETAIN` a new cluster of the same name cannot be created until the old group is deleted or imported.
   *
   * @default - DESTROY, or what `removalPolicy` says
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * Key that encrypts what Kubernetes stores in etcd, instead of a key that AWS owns. Symmetric, in the cluster's region. It cannot be changed
   * later, and a cluster whose key is gone is lost.
   *
   * @default - a key that AWS owns
   * @see https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html
   */
  readonly secretsEncryptionKey?: kms.IKey;

  /**
   * The IP family of pods and services. It cannot be changed later.
   *
   * @default eks.IpFamily.IP_V4
   */
  readonly ipFamily?: eks.IpFamily;

  /**
   * The CIDR block of services: private, from /12 to /24, and no part of any network that pods talk to. It cannot be changed later.
   *
   * @default - EKS takes 10.100.0.0/16 or 172.20.0.0/16, whichever the VPC does not use
   */
  readonly serviceIpv4Cidr?: string;

  /**
   * Networks of hybrid nodes.
   *
   * @default - none
   */
  readonly remoteNodeNetworks?: eks.RemoteNodeNetwork[];

  /**
   * Networks of pods on hybrid nodes. They need `remoteNodeNetworks`.
   *
   * @default - none
   */
  readonly remotePodNetworks?: eks.RemotePodNetwork[];

  /**
   * The way of traffic that leaves the control plane.
   *
   * @default - EKS's default: ControlPlaneEgressMode.AWS_MANAGED
   */
  readonly controlPlaneEgressMode?: ControlPlaneEgressMode;

  /**
   * The size of the control plane.
   *
   * @default - EKS's default: ControlPlaneScalingTier.STANDARD
   */
  readonly controlPlaneScalingTier?: ControlPlaneScalingTier;

  /**
   * Parameters of the API server.
   *
   * @default - EKS's own
   */
  readonly kubeApiServer?: KubeApiServerOptions;

  /**
   * Parameters of the controller manager.
   *
   * @default - EKS's own
   */
  readonly kubeControllerManager?: KubeControllerManagerOptions;

  /**
   * Parameters of the scheduler.
   *
   * @default - EKS's own
   */
  readonly kubeScheduler?: KubeSchedulerOptions;

  /**
   * Whether EKS installs and upgrades the custom resource definitions of the Gateway API. Only on Auto Mode.
   *
   * @default false
   */
  readonly gatewayApiCrds?: boolean;

  /**
   * What EKS does when the standard support of `version` ends.
   *
   * @default SupportType.STANDARD
   */
  readonly supportType?: SupportType;

  /**
   * Whether AWS may move the cluster's traffic out of a zone that is impaired.
   *
   * @default false
   * @see https://docs.aws.amazon.com/eks/latest/userguide/zone-shift.html
   */
  readonly zonalShift?: boolean;

  /**
   * How long a rollback of a version upgrade may take before it is cancelled: whole minutes, from 2 hours to 7 days.
   *
   * @default - EKS's default: 12 hours
   */
  readonly rollbackTimeout?: Duration;

  /**
   * Whether EKS refuses to delete the cluster. It must be turned off and deployed before the stack can be deleted, and a first creation
   * that fails cannot be rolled back: turn it on when the cluster stands.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * What happens to the cluster, and to everything below it in the construct tree, when it leaves the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the cluster.
   *
   * @default - those of the stack
   */
  readonly tags?: { [key: string]: string };

  /**
   * The VPC CNI. Not on Auto Mode, which has its own.
   *
   * @default - installed, with its defaults
   */
  readonly vpcCni?: PlatformVpcCniOptions;

  /**
   * kube-proxy. Not on Auto Mode, which has its own.
   *
   * @default - installed, with its defaults
   */
  readonly kubeProxy?: PlatformKubeProxyOptions;

  /**
   * CoreDNS. Not on Auto Mode, which has its own.
   *
   * @default - installed, with its defaults
   */
  readonly coreDns?: PlatformCoreDnsOptions;

  /**
   * The Pod Identity agent. Not on Auto Mode, which has its own.
   *
   * @default - installed, with its defaults
   */
  readonly podIdentityAgent?: PlatformPodIdentityAgentOptions;

  /**
   * Options of the function that delivers Kubernetes objects and Helm charts. `kubectlLayer` may stand here or next to this.
   *
   * @default - the defaults of DeliveryOptions
   */
  readonly deliveryOptions?: DeliveryOptions;

  /**
   * The orderly end of the platform: what its controllers made goes before them when the stack is deleted.
   *
   * @default - on, with the defaults of TeardownOptions
   */
  readonly teardown?: PlatformTeardownOptions;
}
