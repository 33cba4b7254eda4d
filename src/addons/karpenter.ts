import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { inlinePolicies } from './inline-policies';
import { interruptionQueue } from './karpenter-interruption';
import { KarpenterNodeClassOptions, KarpenterNodePoolOptions, KarpenterOptions } from './karpenter-options';
import { karpenterPolicies } from './karpenter-policies';
import { KARPENTER as PINNED, KARPENTER_CRD as PINNED_CRD } from '../catalogue/charts';
import { Ec2NodeClass } from '../charts/ec2-node-class';
import { NodeClassRef } from '../charts/node-class-ref';
import { NodePool } from '../charts/node-pool';
import { CapacityType, NodeArchitecture, NodeOperatingSystem, NodeRequirement } from '../charts/node-requirement';
import { AttachedChart } from '../delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';
import { requireClusterName } from '../private/cluster-facts';

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
 * - **Auto Mode**: not needed, it is Karpenter run by AWS (`Ec2NodeClass` does not exist there).
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: launches such nodes, runs on Linux.
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

  /** Role of the nodes. It has no CNI permissions: add AmazonEKS_CNI_Policy where the VPC CNI has no role of its own. */
  public readonly nodeRole: iam.Role;

  /** The queue that tells of interruptions. */
  public readonly interruptionQueue: sqs.Queue;

  private readonly cluster: eks.ICluster;
  private readonly accessEntry: CfnAccessEntry;

  constructor(scope: Construct, id: string, props: KarpenterProps) {
    super(scope, id);
    const { cluster } = props;
    const clusterName = requireClusterName(this, cluster);
    this.cluster = cluster;

    this.nodeRole = new iam.Role(this, 'NodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      description: `Nodes that Karpenter launches in ${clusterName}`,
      managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore']
        .map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    this.accessEntry = new CfnAccessEntry(this, 'NodeAccess', {
      clusterName: cluster.clusterName,
      principalArn: this.nodeRole.roleArn,
      type: 'EC2_LINUX',
    });
    this.interruptionQueue = interruptionQueue(this, 'Interruption');

    this.serviceAccountRole = new ServiceAccountRole(this, 'Identity', {
      cluster,
      namespace: PINNED.namespace,
      serviceAccount: PINNED.serviceAccount!,
      identityType: props.identityType,
      description: `Karpenter (${PINNED.namespace}/${PINNED.serviceAccount})`,
    });
    inlinePolicies(this.serviceAccountRole.role, karpenterPolicies(Stack.of(this), {
      cluster, clusterName, nodeRole: this.nodeRole, queue: this.interruptionQueue,
    }));

    const definitions = chartRelease(this, 'Definitions', PINNED_CRD, { cluster, options: props, takesValues: false });
    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      skipCrds: true, // they are a release of their own, which helm upgrades
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        settings: { clusterName, interruptionQueue: this.interruptionQueue.queueName },
        serviceAccount: { name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations },
        replicas: 2,
        // The node's resolver: CoreDNS may be waiting for a node of Karpenter.
        dnsPolicy: 'Default',
        controller: { resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } } },
      },
    });
    this.release.node.addDependency(definitions);
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
    const chart = new cdk8s.Chart(new cdk8s.App(), 'karpenter');
    const nodeClassRef = options.nodeClassRef ?? this.nodeClass(chart, id, options.nodeClass).ref;
    new NodePool(chart, 'pool', { ...options, name: options.name ?? kebabCase(id), nodeClassRef, requirements: requirements(options) });
    return this.attach(id, chart);
  }

  /**
   * Adds a node class that several pools can share: give what this returns as their `nodeClassRef`.
   *
   * @param id the construct id, from which the name in the cluster is made
   */
  public addNodeClass(id: string, options?: KarpenterNodeClassOptions): NodeClassRef {
    const chart = new cdk8s.Chart(new cdk8s.App(), 'karpenter');
    const { ref } = this.nodeClass(chart, id, options);
    this.attach(id, chart);
    return ref;
  }

  private nodeClass(chart: cdk8s.Chart, id: string, options: KarpenterNodeClassOptions = {}): Ec2NodeClass {
    const subnets = this.cluster.vpc.selectSubnets(options.subnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
    const groups = options.securityGroups?.map(group => group.securityGroupId) ?? [this.cluster.clusterSecurityGroupId];
    return new Ec2NodeClass(chart, 'class', {
      ...options,
      name: options.name ?? kebabCase(id),
      role: this.nodeRole.roleName,
      amiSelectorTerms: options.amiSelectorTerms ?? [{ alias: 'al2023@latest' }],
      subnetSelectorTerms: subnets.subnetIds.map(subnetId => ({ id: subnetId })),
      securityGroupSelectorTerms: groups.map(groupId => ({ id: groupId })),
    });
  }

  private attach(id: string, chart: cdk8s.Chart): AttachedChart {
    const attached = new AttachedChart(this, id, { cluster: this.cluster, chart, after: BootstrapStage.CONTROL_PLANE });
    // Comes after, and goes before, what Karpenter needs to launch and to remove nodes.
    attached.node.addDependency(this.release, this.accessEntry, this.nodeRole);
    // Workloads come after the pools, and go before them.
    Bootstrap.of(this.cluster).add(BootstrapStage.CONTROLLERS, attached);
    return attached;
  }
}

function requirements({ capacityTypes, architectures, requirements: others = [] }: KarpenterNodePoolOptions): NodeRequirement[] {
  const keys = others.map(({ key }) => key);
  const own = [
    { prop: 'capacityTypes', given: capacityTypes, requirement: NodeRequirement.capacityTypes(...capacityTypes ?? [CapacityType.ON_DEMAND]) },
    { prop: 'architectures', given: architectures, requirement: NodeRequirement.architectures(...architectures ?? [NodeArchitecture.AMD64]) },
    { prop: 'operatingSystems', given: undefined, requirement: NodeRequirement.operatingSystems(NodeOperatingSystem.LINUX) },
  ];
  for (const { prop, given, requirement } of own) {
    if (given && keys.includes(requirement.key)) {
      throw new Error(`"${prop}" is ${given.join(', ')} and "requirements" has "${requirement.key}" too: give one of them`);
    }
  }
  return [...own.map(({ requirement }) => requirement).filter(({ key }) => !keys.includes(key)), ...others];
}

/** GeneralPurpose becomes general-purpose. */
function kebabCase(id: string): string {
  return id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^A-Za-z0-9.]+/g, '-').toLowerCase();
}
