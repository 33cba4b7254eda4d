import { createHash } from 'crypto';
import { Annotations, Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cdk8s from 'cdk8s';
import { Construct, Dependable } from 'constructs';
import {
  checkEndpointAccess, checkLayer, checkRemoteNetworks, checkServiceCidr, checkSubnets, checkVersion, isOpenToAll, today, warnAboutVersion,
} from './cluster-checks';
import { checkClusterName, nameFromPath } from './cluster-name';
import { setControlPlaneParameters } from './control-plane-parameters';
import { AutoModeNodePool, AutoModeOptions, PlatformClusterProps, SupportType } from './platform-cluster-props';
import { PlatformVpc } from './platform-vpc';
import { AccessEntry, AccessEntryOptions } from '../access/access-entry';
import { ClusterAccessPolicy } from '../access/cluster-access-policy';
import { CoreDns } from '../addons/core-dns';
import { KubeProxy } from '../addons/kube-proxy';
import { PodIdentityAgent } from '../addons/pod-identity-agent';
import { VpcCni } from '../addons/vpc-cni';
import { AttachedChart, AttachedChartOptions } from '../delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { Delivery } from '../delivery/delivery';
import { Teardown } from '../delivery/teardown';
import { ManagedNodeGroup, ManagedNodeGroupOptions } from '../nodes/managed-node-group';
import { checkInteger } from '../private/check-number';
import { repeated } from '../private/repeated';
import { sortKeys } from '../private/sort-keys';
import { checkTags } from '../private/tags';

/**
 * An EKS cluster for a platform: an `eks.Cluster` with private access, all control plane logs, access entries only, and the add-ons that nodes
 * need, which come up in the order that they need.
 *
 * Its name is always known at synth. So policies can name it, its log group exists before EKS would make one that keeps logs for
 * ever, and a change of what cannot be changed fails instead of replacing the cluster.
 *
 * `other.node.addDependency(cluster)` lets another construct wait for the control plane. What needs nodes, or the cluster's add-ons,
 * waits for a floor of the platform: `Bootstrap.of(cluster).require(BootstrapStage.SYSTEM, other)`.
 */
export class PlatformCluster extends eks.Cluster {
  /** What delivers Kubernetes objects and Helm charts into the cluster. */
  public readonly delivery: Delivery;

  /** The VPC CNI, unless it was dropped or the cluster is on Auto Mode. */
  public readonly vpcCni?: VpcCni;

  /** kube-proxy, unless it was dropped or the cluster is on Auto Mode. */
  public readonly kubeProxy?: KubeProxy;

  /** CoreDNS, unless it was dropped or the cluster is on Auto Mode. */
  public readonly coreDns?: CoreDns;

  /** The Pod Identity agent, unless it was dropped or the cluster is on Auto Mode. */
  public readonly podIdentityAgent?: PodIdentityAgent;

  /** The log group of the control plane, unless its logs are off. */
  public readonly controlPlaneLogGroup?: logs.ILogGroup;

  /** The role of nodes of Auto Mode's built-in node pools. */
  public readonly autoModeNodeRole?: iam.IRole;

  private readonly kubernetesVersion: string;

  constructor(scope: Construct, id: string, props: PlatformClusterProps) {
    const name = props.clusterName === undefined ? nameFromPath(scope, id) : checkClusterName(props.clusterName);
    super(scope, id, clusterProps(scope, id, name, props));
    this.kubernetesVersion = props.version.version;

    const resource = this.node.defaultChild as CfnCluster;
    // The control plane alone: with the add-ons, which wait for nodes, every node group that waits for the cluster would be a cycle.
    Dependable.implement(this, { dependencyRoots: [resource] });
    setControlPlaneParameters(resource, props);
    resource.upgradePolicy = { supportType: props.supportType ?? SupportType.STANDARD };
    resource.deletionProtection = props.deletionProtection;
    resource.zonalShiftConfig = props.zonalShift === undefined ? undefined : { enabled: props.zonalShift };
    resource.rollbackConfig = props.rollbackTimeout && { timeoutMinutes: rollbackMinutes(props.rollbackTimeout) };
    resource.controlPlaneScalingConfig = props.controlPlaneScalingTier && { tier: props.controlPlaneScalingTier };
    if (props.secretsEncryptionKey) {
      // Without `resources`, which CDK sets and CloudFormation has deprecated: all that Kubernetes stores is encrypted.
      resource.encryptionConfig = [{ provider: { keyArn: props.secretsEncryptionKey.keyArn } }];
    }

    this.controlPlaneLogGroup = this.logControlPlane(resource, name, props);
    this.autoModeNodeRole = props.autoMode && this.turnAutoModeOn(resource, props.autoMode);
    this.delivery = Delivery.of(this, { ...props.deliveryOptions, kubectlLayer: props.kubectlLayer ?? props.deliveryOptions?.kubectlLayer });

    if (!props.autoMode) {
      this.vpcCni = props.vpcCni?.enabled === false ? undefined : new VpcCni(this, 'VpcCni', { ...props.vpcCni, cluster: this });
      this.kubeProxy = props.kubeProxy?.enabled === false ? undefined : new KubeProxy(this, 'KubeProxy', { ...props.kubeProxy, cluster: this });
      this.podIdentityAgent = props.podIdentityAgent?.enabled === false ? undefined
        : new PodIdentityAgent(this, 'PodIdentityAgent', { ...props.podIdentityAgent, cluster: this });
      this.coreDns = props.coreDns?.enabled === false ? undefined : new CoreDns(this, 'CoreDns', { ...props.coreDns, cluster: this });
    }
    if (props.teardown?.enabled !== false) {
      new Teardown(this, 'Teardown', { ...props.teardown, cluster: this });
    }

    for (const role of props.admins ?? []) {
      this.addAccess(adminId(role), { principal: role, policies: [ClusterAccessPolicy.CLUSTER_ADMIN] });
    }
    this.warn(props);
  }

  /** What delivers the resources of CDK's own `addManifest`, `addHelmChart` and their like: `delivery`. */
  public override get kubectlProvider(): eks.IKubectlProvider | undefined {
    // The constructor of eks.Cluster asks before there is a field.
    return this.node.tryFindChild('Delivery') as Delivery | undefined;
  }

  /** The Pod Identity agent as CDK's own `addServiceAccount` asks for it; it is not installed a second time. */
  public override get eksPodIdentityAgent(): eks.IAddon | undefined {
    const id = 'PodIdentityAgentReference';
    return this.podIdentityAgent && ((this.node.tryFindChild(id) as eks.IAddon | undefined)
      ?? eks.Addon.fromAddonAttributes(this, id, { addonName: this.podIdentityAgent.addon.addonName, clusterName: this.clusterName }));
  }

  /** The OIDC provider that IRSA needs; it is made at the first call. CloudFormation's own, without a custom resource. */
  public override get openIdConnectProvider(): iam.IOpenIdConnectProvider {
    const id = 'OpenIdConnectProvider';
    return (this.node.tryFindChild(id) as iam.IOpenIdConnectProvider | undefined)
      ?? new eks.OidcProviderNative(this, id, { url: this.clusterOpenIdConnectIssuerUrl });
  }

  /**
   * Adds a managed node group.
   */
  public addManagedNodeGroup(id: string, options: ManagedNodeGroupOptions): ManagedNodeGroup {
    return new ManagedNodeGroup(this, `managed-node-group-${id}`, { ...options, cluster: this });
  }

  /**
   * Attaches a cdk8s chart to the cluster's stack. A chart that refers to another stack's resources belongs into that stack: `new AttachedChart`.
   */
  public addChart(id: string, chart: cdk8s.Chart, options: AttachedChartOptions = {}): AttachedChart {
    return new AttachedChart(this, `attached-chart-${id}`, { ...options, cluster: this, chart });
  }

  /**
   * Lets an IAM role or user into the cluster.
   */
  public addAccess(id: string, options: AccessEntryOptions): AccessEntry {
    return new AccessEntry(this, id, { ...options, cluster: this });
  }

  /**
   * Gives the delivery function the layer that holds helm, where it could not be given at first.
   */
  public useKubectlLayer(layer: lambda.ILayerVersion): void {
    checkLayer(layer, this.kubernetesVersion);
    this.delivery.useKubectlLayer(layer);
  }

  /**
   * Adds one of CDK's managed node groups, in the order of the platform.
   *
   * @see ManagedNodeGroup for one with this library's defaults
   */
  public override addNodegroupCapacity(id: string, options?: eks.NodegroupOptions): eks.Nodegroup {
    const nodes = super.addNodegroupCapacity(id, options);
    this.addCapacity(nodes);
    return nodes;
  }

  /**
   * Adds one of CDK's Fargate profiles, in the order of the platform.
   *
   * @see FargateProfile for one with this library's defaults
   */
  public override addFargateProfile(id: string, options: eks.FargateProfileOptions): eks.FargateProfile {
    const profile = super.addFargateProfile(id, options);
    this.addCapacity(profile);
    return profile;
  }

  private addCapacity(capacity: Construct) {
    const resource = capacity.node.findChild('Resource');
    Bootstrap.of(this).require(BootstrapStage.NETWORKING, resource as Construct);
    Bootstrap.of(this).add(BootstrapStage.CAPACITY, resource);
  }

  private logControlPlane(resource: CfnCluster, name: string, props: PlatformClusterProps): logs.ILogGroup | undefined {
    if (props.controlPlaneLogs?.length === 0) {
      return undefined;
    }
    const logGroup = new logs.LogGroup(this, 'ControlPlaneLogs', {
      logGroupName: `/aws/eks/${name}/cluster`, // the name under which EKS looks for it
      retention: props.logRetention ?? logs.RetentionDays.THREE_MONTHS,
      encryptionKey: props.logEncryptionKey,
      // A group that stays would make the next cluster of this name fail.
      removalPolicy: props.logRemovalPolicy ?? props.removalPolicy ?? RemovalPolicy.DESTROY,
    });
    resource.node.addDependency(logGroup);
    return logGroup;
  }

  private turnAutoModeOn(resource: CfnCluster, options: AutoModeOptions): iam.IRole | undefined {
    const nodePools = options.nodePools ?? [AutoModeNodePool.SYSTEM, AutoModeNodePool.GENERAL_PURPOSE];
    if (nodePools.length === 0) {
      return undefined; // as eks.Cluster was told
    }
    const role = options.nodeRole ?? new iam.Role(this, 'AutoModeNodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly']
        .map(policy => iam.ManagedPolicy.fromAwsManagedPolicyName(policy)),
    });
    resource.computeConfig = { enabled: true, nodePools, nodeRoleArn: role.roleArn };
    return role;
  }

  private warn(props: PlatformClusterProps) {
    warnAboutVersion(this, props.version.version, props.supportType ?? SupportType.STANDARD, today());
    if (!props.admins?.length) {
      Annotations.of(this).addWarningV2('eks-slipway:noAdmins',
        'Nobody gets into this cluster but the delivery function: give roles as "admins", or call addAccess()');
    }
    if (isOpenToAll(props.endpointAccess)) {
      Annotations.of(this).addWarningV2('eks-slipway:publicEndpoint',
        'The API server answers the whole internet: give "endpointAccess" narrower CIDR blocks');
    }
  }
}

/** What eks.Cluster is told, after the checks. */
function clusterProps(scope: Construct, id: string, clusterName: string, props: PlatformClusterProps): eks.ClusterProps {
  checkVersion(props.version.version);
  checkLayer(props.kubectlLayer ?? props.deliveryOptions?.kubectlLayer, props.version.version);
  checkEndpointAccess(props);
  checkTogether(props);
  checkSwitchedOff(props);
  checkTags(props.tags);

  const ipProtocol = props.ipFamily === eks.IpFamily.IP_V6 ? ec2.IpProtocol.DUAL_STACK : undefined;
  const vpc = props.vpc ?? new PlatformVpc(scope, `${id}Vpc`, { ipProtocol });
  const vpcSubnets = props.vpcSubnets ?? [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }];
  checkRemoteNetworks(props, vpc);
  checkServiceCidr(props, vpc);
  checkSubnets(scope, vpc, vpcSubnets);
  return {
    version: props.version,
    clusterName,
    vpc,
    vpcSubnets,
    role: props.role,
    securityGroup: props.securityGroup,
    endpointAccess: props.endpointAccess ?? eks.EndpointAccess.PRIVATE,
    clusterLogging: props.controlPlaneLogs ?? Object.values(eks.ClusterLoggingTypes),
    secretsEncryptionKey: props.secretsEncryptionKey,
    ipFamily: props.ipFamily,
    serviceIpv4Cidr: props.serviceIpv4Cidr,
    remoteNodeNetworks: props.remoteNodeNetworks,
    remotePodNetworks: props.remotePodNetworks,
    removalPolicy: props.removalPolicy,
    tags: sortKeys(props.tags),
    prune: false, // the delivery prunes by its inventory, without labels
    bootstrapSelfManagedAddons: false,
    bootstrapClusterCreatorAdminPermissions: false,
    outputConfigCommand: false,
    ...props.autoMode
      ? { defaultCapacityType: eks.DefaultCapacityType.AUTOMODE, compute: { nodePools: [] } } // turnAutoModeOn says the rest
      : { defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 },
  };
}

function checkTogether(props: PlatformClusterProps) {
  if (props.kubectlLayer && props.deliveryOptions?.kubectlLayer) {
    throw new Error('"kubectlLayer" and "deliveryOptions.kubectlLayer" are both given: give one of them');
  }
  if (props.autoMode) {
    for (const addon of ['vpcCni', 'kubeProxy', 'coreDns', 'podIdentityAgent'] as const) {
      if (props[addon]) {
        throw new Error(`"${addon}" is given together with "autoMode", which has its own: leave it out`);
      }
    }
    if (props.autoMode.nodeRole && props.autoMode.nodePools?.length === 0) {
      throw new Error('"autoMode.nodeRole" is given but "autoMode.nodePools" is empty: the role is for nodes of built-in node pools, leave it out');
    }
  } else if (props.podIdentityAgent?.enabled === false && props.vpcCni?.enabled !== false && props.vpcCni?.identityType !== eks.IdentityType.IRSA) {
    throw new Error('"podIdentityAgent.enabled" is false, but the VPC CNI gets its role by Pod Identity: give "vpcCni.identityType" eks.IdentityType.IRSA');
  }
  const twice = repeated(props.admins ?? []);
  if (twice) {
    throw new Error(`"admins" has ${twice.node.path} twice: give it once`);
  }
}

/** Refuses to shape what is switched off. */
function checkSwitchedOff(props: PlatformClusterProps) {
  for (const part of ['vpcCni', 'kubeProxy', 'coreDns', 'podIdentityAgent', 'teardown'] as const) {
    const { enabled, ...options } = props[part] ?? {};
    const [given] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
    if (enabled === false && given) {
      throw new Error(`"${part}.${given}" is given but "${part}.enabled" is false: leave one of them out`);
    }
  }
  for (const prop of ['logRetention', 'logEncryptionKey', 'logRemovalPolicy'] as const) {
    if (props.controlPlaneLogs?.length === 0 && props[prop] !== undefined) {
      throw new Error(`"${prop}" is given but "controlPlaneLogs" is empty: leave it out, or say which logs there are`);
    }
  }
}

function rollbackMinutes(timeout: Duration): number {
  const minutes = timeout.toMinutes({ integral: false });
  return checkInteger('rollbackTimeout', minutes, 120, 7 * 24 * 60, 'minutes');
}

/**
 * An id by the role and not by its place in the list: who is put first must not take the ids of the others, whose entries
 * CloudFormation would then try to make twice.
 */
function adminId({ node, roleArn }: iam.IRole): string {
  if (Token.isUnresolved(roleArn)) {
    return `Admin-${Names.nodeUniqueId(node)}`;
  }
  return `Admin-${roleArn.split('/').pop()}-${createHash('sha256').update(roleArn).digest('hex').slice(0, 8)}`;
}
