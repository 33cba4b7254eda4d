import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { HelmAddonOptions } from './helm-addon-options';
import { BootstrapStage } from '../delivery/bootstrap';

/** How much Karpenter's controller logs. */
export enum KarpenterLogLevel {
  /** Every decision. */
  DEBUG = 'debug',
  /** What it does. */
  INFO = 'info',
  /** Only what fails. */
  ERROR = 'error',
}

/** What pods merely prefer: preferred affinities, and topology spread with `ScheduleAnyway`. */
export enum KarpenterPreferencePolicy {
  /** Karpenter launches nodes so that preferences are met. */
  RESPECT = 'Respect',
  /** Karpenter launches as few and as cheap nodes as the pods' requirements allow. */
  IGNORE = 'Ignore',
}

/** What happens when a requirement's `minValues` cannot be met. */
export enum KarpenterMinValuesPolicy {
  /** No node is launched. */
  STRICT = 'Strict',
  /** The floor is lowered until a node can be launched. */
  BEST_EFFORT = 'BestEffort',
}

/**
 * Karpenter's feature gates. What is not given follows the chart, or is switched on when a pool or a node class needs it.
 *
 * @see https://karpenter.sh/docs/reference/settings/#feature-gates
 */
export interface KarpenterFeatureGates {
  /**
   * Whether nodes that stay unhealthy are replaced. Needs something that finds out, such as the node monitoring agent. Alpha.
   *
   * @default false
   */
  readonly nodeRepair?: boolean;

  /**
   * Whether NodeOverlay objects change the prices and resources that are reckoned with. Alpha.
   *
   * @default false
   */
  readonly nodeOverlay?: boolean;

  /**
   * Whether capacity reservations are launched into. Beta.
   *
   * @default true
   */
  readonly reservedCapacity?: boolean;

  /**
   * Whether Spot nodes are replaced by cheaper Spot nodes. Alpha.
   *
   * @default false
   */
  readonly spotToSpotConsolidation?: boolean;

  /**
   * Whether pools may have a fixed number of nodes. Alpha.
   *
   * @default - true when a pool has `replicas`
   */
  readonly staticCapacity?: boolean;

  /**
   * Whether CapacityBuffer objects keep spare nodes. Alpha.
   *
   * @default false
   */
  readonly capacityBuffer?: boolean;
}

/**
 * Options of Karpenter. `version` is that of both of its charts, `repository` where both are. What has no property here is among the
 * chart's values, which `values` takes.
 *
 * @see https://karpenter.sh/docs/reference/settings/
 */
export interface KarpenterOptions extends HelmAddonOptions {
  /**
   * How many controllers there are, one a node, spread over zones. One of them works at a time.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * CPU of a controller: its request and its limit.
   *
   * @default '1'
   */
  readonly cpu?: string;

  /**
   * Memory of a controller: its request and its limit. About 1 GiB for every thousand nodes or ten thousand pods.
   *
   * @default '1Gi'
   */
  readonly memory?: string;

  /**
   * How much is logged.
   *
   * @default KarpenterLogLevel.INFO
   */
  readonly logLevel?: KarpenterLogLevel;

  /**
   * Feature gates.
   *
   * @default - those that pools and node classes need
   */
  readonly featureGates?: KarpenterFeatureGates;

  /**
   * The longest that pending pods are gathered before nodes are launched for them. Longer means fewer and larger nodes.
   *
   * @default Duration.seconds(10)
   */
  readonly batchMaxDuration?: Duration;

  /**
   * How long no further pod must have come for the gathering to end early.
   *
   * @default Duration.seconds(1)
   */
  readonly batchIdleDuration?: Duration;

  /**
   * Whether nodes are launched for what pods only prefer.
   *
   * @default KarpenterPreferencePolicy.RESPECT
   */
  readonly preferencePolicy?: KarpenterPreferencePolicy;

  /**
   * What happens when a requirement's `minValues` cannot be met.
   *
   * @default KarpenterMinValuesPolicy.STRICT
   */
  readonly minValuesPolicy?: KarpenterMinValuesPolicy;

  /**
   * The share of an instance type's memory that is taken to be missing on the machine, from 0 to below 1, until a node of the type has been seen.
   *
   * @default 0.075
   */
  readonly vmMemoryOverhead?: number;

  /**
   * How many network interfaces of a node are not for pods: 1 with custom networking of the VPC CNI.
   *
   * @default 0
   */
  readonly reservedEnis?: number;

  /**
   * Whether pods' claims of dynamic resources (DRA) are left out of account. With false Karpenter launches nodes for such pods too.
   *
   * @default true
   */
  readonly ignoreDraRequests?: boolean;

  /**
   * How often the images of node classes are looked up: at least a minute.
   *
   * @default Duration.minutes(1)
   */
  readonly amiRefreshInterval?: Duration;

  /**
   * How often the subnets of node classes are looked up: at least a minute.
   *
   * @default Duration.minutes(1)
   */
  readonly subnetRefreshInterval?: Duration;

  /**
   * Whether node classes are tried out by dry runs of the EC2 API before they count as ready.
   *
   * @default true
   */
  readonly dryRun?: boolean;

  /**
   * Whether Karpenter takes the Kubernetes version, which decides on images, from EKS instead of the API server.
   *
   * @default true
   */
  readonly eksControlPlane?: boolean;

  /**
   * Whether the VPC has no way to AWS services without a VPC endpoint, which are the price list and IAM: nodes then get instance profiles that
   * this construct makes, and the controller has no permissions on instance profiles. It needs endpoints of EC2, EKS, SQS, SSM, STS, ECR and S3.
   *
   * @default false
   * @see https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/#private-clusters
   */
  readonly isolatedVpc?: boolean;

  /**
   * Whether no nodes are launched in a zone that EKS has shifted away from. The cluster itself must have zonal shift on, or the controller does not start.
   *
   * @default - true if the cluster is made in this app with zonal shift, otherwise false
   */
  readonly zonalShift?: boolean;

  /**
   * Whether metrics and events of the cluster's state are published.
   *
   * @default true
   */
  readonly clusterStateMetrics?: boolean;

  /**
   * Whether there is a ServiceMonitor, by which a Prometheus Operator finds the metrics. The chart leaves it out silently while the operator's
   * definitions are not in the cluster: let Karpenter depend on what installs them.
   *
   * @default false
   */
  readonly serviceMonitor?: boolean;

  /**
   * Labels of the ServiceMonitor, by which an operator selects it.
   *
   * @default - none but the chart's own
   */
  readonly serviceMonitorLabels?: { [key: string]: string };

  /**
   * The role of Linux nodes. It needs AmazonEKSWorkerNodePolicy, AmazonEC2ContainerRegistryPullOnly and, without a role of the VPC CNI's own,
   * AmazonEKS_CNI_Policy. Give `nodeAccessEntry` too.
   *
   * @default - a new role
   */
  readonly nodeRole?: iam.IRole;

  /**
   * Whether an access entry lets nodes with `nodeRole` join the cluster: false for a role that has one, as that of a managed node group has.
   *
   * @default - an entry for the role that is made here; must be said for a given `nodeRole`
   */
  readonly nodeAccessEntry?: boolean;

  /**
   * The floor that must stand before the controller is installed: `BootstrapStage.CAPACITY` where CoreDNS is to run on nodes of Karpenter.
   *
   * @default BootstrapStage.SYSTEM
   */
  readonly after?: BootstrapStage;
}
