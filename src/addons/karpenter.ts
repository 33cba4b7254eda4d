import { Duration, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { onePerCluster, warnAbout } from './conflicts';
import { eventQueue } from './event-queue';
import { inlinePolicies } from './inline-policies';
import { fargateProfileOf } from './karpenter-fargate';
import { FeatureGates } from './karpenter-feature-gates';
import { INTERRUPTIONS } from './karpenter-interruption';
import { KarpenterNodeRole, karpenterNodeRole } from './karpenter-node-role';
import { KarpenterOptions } from './karpenter-options';
import { karpenterPolicies, passRole } from './karpenter-policies';
import { KarpenterNodeClassOptions, KarpenterNodePoolOptions } from './karpenter-pool-options';
import { kebabCase, nodeClassProps, operatingSystemOf, poolRequirements } from './karpenter-pools';
import { karpenterValues } from './karpenter-values';
import { hasZonalShift, zonalShiftErrors } from './karpenter-zonal-shift';
import { KARPENTER as PINNED, KARPENTER_CRD as PINNED_CRD } from '../catalogue/charts';
import { Ec2NodeClass } from '../charts/ec2-node-class';
import { NodeClassRef } from '../charts/node-class-ref';
import { NodePool } from '../charts/node-pool';
import { NodeOperatingSystem } from '../charts/node-requirement';
import { AttachedChart } from '../delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';
import { hasAutoMode, requireClusterName } from '../private/cluster-facts';
import { mergeValues } from '../private/merge-values';

/**
 * Properties of Karpenter.
 */
export interface KarpenterProps extends KarpenterOptions {
  /**
   * The cluster. It may be in another stack, or imported (with its VPC and security group).
   */
  readonly cluster: eks.ICluster;
}

/**
 * Karpenter: launches the nodes that pods need, and removes those that they do not. Two Helm charts, controller and custom resource
 * definitions; a queue that tells it of interruptions; a role for nodes, which may join the cluster.
 *
 * The controller runs on nodes that it does not manage itself: a managed node group, or Fargate (then with IRSA).
 *
 * - **Auto Mode**: no, Auto Mode is Karpenter already.
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: partly, launches Windows nodes, runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://karpenter.sh/docs/
 *
 * @example
 * const karpenter = new addons.Karpenter(stack, 'Karpenter', { cluster });
 * karpenter.addNodePool('General', {
 *   requirements: [charts.NodeRequirement.capacityTypes(charts.CapacityType.SPOT, charts.CapacityType.ON_DEMAND)],
 *   limits: { cpu: '200' },
 * });
 */
export class Karpenter extends Construct {
  /** The release of the controller. */
  public readonly release: HelmRelease;

  /** Role of the controller. */
  public readonly serviceAccountRole: ServiceAccountRole;

  /** Role of Linux nodes. One that is made here has no CNI permissions: add AmazonEKS_CNI_Policy where the VPC CNI has no role of its own. */
  public readonly nodeRole: iam.IRole;

  /** The queue that tells of interruptions. */
  public readonly interruptionQueue: sqs.Queue;

  private readonly clusterName: string;
  private readonly featureGates: FeatureGates;
  private readonly passRole: iam.PolicyStatement;
  private readonly nodes: { [operatingSystem: string]: KarpenterNodeRole } = {};
  private readonly nodeClasses: { [name: string]: { operatingSystem: NodeOperatingSystem; attached: AttachedChart } } = {};

  constructor(scope: Construct, id: string, private readonly props: KarpenterProps) {
    super(scope, id);
    const { cluster } = props;
    this.clusterName = requireClusterName(this, cluster);
    if (props.nodeRole && props.nodeAccessEntry === undefined) {
      throw new Error('"nodeRole" is given without "nodeAccessEntry": give it, true makes the access entry with which its nodes join the cluster, '
        + 'false says that it has one already (the role of a managed node group has)');
    }

    this.nodes[NodeOperatingSystem.LINUX] = karpenterNodeRole(this, 'Node', {
      cluster,
      clusterName: this.clusterName,
      operatingSystem: 'Linux',
      role: props.nodeRole,
      accessEntry: props.nodeAccessEntry ?? true,
      instanceProfile: props.isolatedVpc ?? false,
    });
    this.nodeRole = this.nodes[NodeOperatingSystem.LINUX].role;
    this.passRole = passRole(this.nodeRole);
    this.interruptionQueue = eventQueue(this, 'Interruption', INTERRUPTIONS);

    this.serviceAccountRole = chartRole(this, PINNED, 'Karpenter', props);
    inlinePolicies(this.serviceAccountRole.role, karpenterPolicies(Stack.of(this), {
      cluster, clusterName: this.clusterName, passRole: this.passRole, queue: this.interruptionQueue, isolated: props.isolatedVpc,
    }));

    this.featureGates = new FeatureGates(mergeValues({ ...props.featureGates }, props.values?.settings?.featureGates));
    const zonalShift = props.zonalShift ?? hasZonalShift(cluster);
    const definitions = chartRelease(this, 'Definitions', PINNED_CRD, { cluster, options: props, takesValues: false, after: props.after });
    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      // The gates take the place of the user's, which they contain: what pools need is known at synth only.
      options: { ...props, values: mergeValues(props.values, { settings: { featureGates: this.featureGates } }) },
      after: props.after,
      skipCrds: true, // they are a release of their own, which helm upgrades
      serviceAccountRoles: [this.serviceAccountRole],
      values: mergeValues(karpenterValues(props), {
        settings: { clusterName: this.clusterName, interruptionQueue: this.interruptionQueue.queueName, enableZonalShift: zonalShift || undefined },
        serviceAccount: { name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations },
      }),
    });
    this.release.node.addDependency(definitions);
    this.node.addValidation({ validate: () => [...fargateErrors(props), ...zonalShift ? zonalShiftErrors(cluster) : []] });
    onePerCluster(this, cluster, 'Karpenter');
    warnAbout(this, 'karpenterBesideAutoMode', () => autoMode(cluster));
  }

  /** Role of Windows nodes; undefined without a node class of a Windows family. */
  public get windowsNodeRole(): iam.IRole | undefined {
    return this.nodes[NodeOperatingSystem.WINDOWS]?.role;
  }

  /**
   * Adds a pool of nodes, with a node class of its own unless it is given one.
   *
   * @param id the construct id, from which the names in the cluster are made
   */
  public addNodePool(id: string, options: KarpenterNodePoolOptions = {}): AttachedChart {
    if (options.nodeClass && options.nodeClassRef) {
      throw new Error(`"nodeClass" and "nodeClassRef" ("${options.nodeClassRef.name}") are both given for pool "${id}": give one of them`);
    }
    const shared = options.nodeClassRef && this.nodeClasses[options.nodeClassRef.name];
    const operatingSystem = shared?.operatingSystem ?? operatingSystemOf(options.nodeClass);
    const chart = new cdk8s.Chart(new cdk8s.App(), 'karpenter');
    const pool = new NodePool(chart, 'pool', {
      ...options,
      name: options.name ?? kebabCase(id),
      nodeClassRef: options.nodeClassRef ?? this.nodeClass(chart, id, options.nodeClass).ref,
      requirements: poolRequirements(options, operatingSystem),
    });
    this.featureGates.require(`pool "${id}"`, pool.featureGates);
    const attached = this.attach(id, chart, operatingSystem);
    if (shared) {
      attached.node.addDependency(shared.attached);
    }
    return attached;
  }

  /**
   * Adds a node class that several pools can share: give what this returns as their `nodeClassRef`.
   *
   * @param id the construct id, from which the name in the cluster is made
   */
  public addNodeClass(id: string, options?: KarpenterNodeClassOptions): NodeClassRef {
    const chart = new cdk8s.Chart(new cdk8s.App(), 'karpenter');
    const { ref } = this.nodeClass(chart, id, options);
    const operatingSystem = operatingSystemOf(options);
    this.nodeClasses[ref.name] = { operatingSystem, attached: this.attach(id, chart, operatingSystem) };
    return ref;
  }

  private nodeClass(chart: cdk8s.Chart, id: string, options: KarpenterNodeClassOptions = {}): Ec2NodeClass {
    const nodeClass = new Ec2NodeClass(chart, 'class', nodeClassProps(id, this.props.cluster, this.nodeRoleOf(operatingSystemOf(options)), options));
    this.featureGates.require(`node class "${id}"`, nodeClass.featureGates);
    return nodeClass;
  }

  private nodeRoleOf(operatingSystem: NodeOperatingSystem): KarpenterNodeRole {
    const existing = this.nodes[operatingSystem];
    if (existing) {
      return existing;
    }
    const made = karpenterNodeRole(this, 'WindowsNode', {
      cluster: this.props.cluster,
      clusterName: this.clusterName,
      operatingSystem: 'Windows',
      accessEntry: true,
      instanceProfile: this.props.isolatedVpc ?? false,
    });
    this.passRole.addResources(made.role.roleArn);
    return this.nodes[operatingSystem] = made;
  }

  private attach(id: string, chart: cdk8s.Chart, operatingSystem: NodeOperatingSystem): AttachedChart {
    const { cluster } = this.props;
    const attached = new AttachedChart(this, id, {
      cluster,
      chart,
      after: BootstrapStage.CONTROL_PLANE,
      timeout: Duration.minutes(14), // a pool is gone when the last of its nodes was drained
    });
    // Comes after, and goes before, what Karpenter needs to launch and to remove nodes.
    attached.node.addDependency(this.release, ...this.nodeRoleOf(operatingSystem).resources);
    // Workloads come after the pools, and go before them.
    Bootstrap.of(cluster).add(BootstrapStage.CONTROLLERS, attached);
    return attached;
  }
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions */
function fargateErrors({ cluster, identityType, values }: KarpenterProps): string[] {
  if (identityType === eks.IdentityType.IRSA) {
    return [];
  }
  const labels = { 'app.kubernetes.io/name': PINNED.chart, 'app.kubernetes.io/instance': PINNED.chart, ...values?.podLabels };
  const profile = fargateProfileOf(cluster, { namespace: PINNED.namespace, labels });
  return profile ? [`"identityType" is POD_IDENTITY, but Karpenter runs on Fargate (profile ${profile} selects its pods), where Pod Identity does not exist: give eks.IdentityType.IRSA`] : [];
}

/** Both have the definition of NodePool; only a move from one to the other has a reason to have both. */
function autoMode(cluster: eks.ICluster): string | undefined {
  return hasAutoMode(cluster)
    ? `Cluster ${cluster.node.path} has Auto Mode, which is Karpenter already: leave one of them out, unless you move from one to the other `
      + '(pools of Auto Mode name an AutoModeNodeClass)'
    : undefined;
}
