import { ArnFormat, CfnResource, CfnTag, Fn, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { nodeSubnets } from './node-subnets';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { onlyOne } from '../private/only-one';
import { checkTags } from '../private/tags';

/**
 * What a Fargate profile can be given. All of it is fixed: a change replaces the profile, and pods that run on it are started anew.
 */
export interface FargateProfileOptions {
  /**
   * Which pods run on Fargate: 1 to 5 selectors, each a namespace and up to 5 labels. A pod that matches one of them runs there.
   * In namespaces, keys and values "*" stands for any characters and "?" for one.
   */
  readonly selectors: eks.Selector[];

  /**
   * Name of the profile. With a name, a change that replaces the profile fails.
   *
   * @default - made by CloudFormation
   */
  readonly fargateProfileName?: string;

  /**
   * The role with which Fargate pulls images and writes logs. It must trust `eks-fargate-pods.amazonaws.com`, and it cannot be
   * the role of nodes. Pods do not get it.
   *
   * @default - a new role with AmazonEKSFargatePodExecutionRolePolicy, for profiles of this cluster only
   */
  readonly podExecutionRole?: iam.IRole;

  /**
   * Subnets of the cluster's VPC to run pods in. Private ones: Fargate gives pods no public addresses.
   *
   * @default - the private subnets with a way out
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Tags of the profile.
   *
   * @default - those of the stack
   */
  readonly tags?: { [key: string]: string };

  /**
   * What CloudFormation does with the profile and the role made for it when they leave the stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Properties of a FargateProfile.
 */
export interface FargateProfileProps extends FargateProfileOptions {
  /**
   * The cluster. It may be in another stack, or imported with its VPC.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Pods of some namespaces that run on Fargate instead of nodes.
 *
 * Pod Identity does not exist there: give these pods their roles by IRSA. EKS makes one profile of a cluster at a time, so the profiles
 * of a stack wait for each other.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export class FargateProfile extends Construct {
  /** The profile's name. */
  public readonly fargateProfileName: string;

  /** ARN of the profile. */
  public readonly fargateProfileArn: string;

  /** The role with which Fargate pulls images and writes logs. Pods do not get it. */
  public readonly podExecutionRole: iam.IRole;

  constructor(scope: Construct, id: string, props: FargateProfileProps) {
    super(scope, id);
    const { cluster, tags } = props;
    checkName(props.fargateProfileName);
    checkTags(tags);
    checkSelectors(props.selectors);
    checkRegion(Stack.of(this).region);
    const subnets = nodeSubnets(cluster, props.subnets);
    if (subnets.hasPublic) {
      throw new Error('"subnets" selects public subnets, where Fargate runs no pods: select private ones');
    }

    const previous = lastProfiles(this, cluster);
    this.podExecutionRole = props.podExecutionRole ?? newPodExecutionRole(this, cluster);
    const resource = new CfnFargateProfile(this, 'Resource', {
      clusterName: cluster.clusterName,
      fargateProfileName: props.fargateProfileName,
      podExecutionRoleArn: this.podExecutionRole.roleArn,
      subnets: subnets.subnetIds,
      selectors: props.selectors.map(({ namespace, labels }) => ({ namespace, labels: labels && pairs(labels) })),
      tags: tags && pairs(tags),
    });
    this.node.defaultChild = resource;
    onlyOne(this, resource, cluster, { fargateProfileName: props.fargateProfileName }, other =>
      `"fargateProfileName" is "${props.fargateProfileName}", as that of ${other} in the same cluster: give another one, or leave it out`);
    // Ref is "cluster|profile"; the ARN ends in fargateprofile/CLUSTER/PROFILE/ID.
    this.fargateProfileName = props.fargateProfileName ?? Fn.select(2, Fn.split('/', resource.attrArn));
    this.fargateProfileArn = resource.attrArn;

    previous.forEach(profile => resource.addResourceDependency(profile));
    resource.node.addDependency(this.podExecutionRole, subnets.internetConnectivityEstablished);
    if (props.removalPolicy) {
      resource.applyRemovalPolicy(props.removalPolicy);
      (props.podExecutionRole ? undefined : this.podExecutionRole as iam.Role)?.applyRemovalPolicy(props.removalPolicy);
    }

    const bootstrap = Bootstrap.of(cluster);
    bootstrap.require(BootstrapStage.NETWORKING, resource);
    bootstrap.add(BootstrapStage.CAPACITY, resource);
  }
}

/** The cluster's profiles in this stack that no other profile waits for yet. */
function lastProfiles(scope: Construct, cluster: eks.ICluster): CfnResource[] {
  const stack = Stack.of(scope);
  const profiles = stack.node.findAll().filter((child): child is CfnResource => CfnResource.isCfnResource(child)
    && child.cfnResourceType === 'AWS::EKS::FargateProfile' && child.stack === stack && (child as any).clusterName === cluster.clusterName);
  return profiles.filter(profile => !profiles.some(other => other.obtainDependencies().includes(profile)));
}

/** Trusts Fargate on behalf of this cluster's profiles only, so that those of other clusters cannot use it. */
function newPodExecutionRole(scope: Construct, cluster: eks.ICluster): iam.Role {
  const profiles = Stack.of(scope).formatArn({
    service: 'eks', resource: 'fargateprofile', resourceName: `${cluster.clusterName}/*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return new iam.Role(scope, 'PodExecutionRole', {
    assumedBy: new iam.ServicePrincipal('eks-fargate-pods.amazonaws.com', { conditions: { ArnLike: { 'aws:SourceArn': profiles } } }),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSFargatePodExecutionRolePolicy')],
  });
}

function pairs(map: Record<string, string>): CfnTag[] {
  return Object.keys(map).sort().map(key => ({ key, value: map[key] }));
}

function checkName(name?: string): void {
  if (name === undefined || Token.isUnresolved(name)) {
    return;
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(name) || name.startsWith('eks-')) {
    throw new Error(`"fargateProfileName" is "${name}": give at most 100 letters, digits, "-" and "_", beginning with a letter or digit but not with "eks-"`);
  }
}

function checkRegion(region: string): void {
  if (!Token.isUnresolved(region) && region.startsWith('us-gov-')) {
    throw new Error(`"region" of the stack is ${region}, where EKS has no Fargate: use a node group`);
  }
}

const NAMESPACE = /^[a-z0-9*?]([-a-z0-9*?]*[a-z0-9*?])?$/;
const LABEL_NAME = /^[A-Za-z0-9*?]([-A-Za-z0-9_.*?]*[A-Za-z0-9*?])?$/;
const LABEL_PREFIX = /^[a-z0-9*?]([-a-z0-9.*?]*[a-z0-9*?])?$/;

function checkSelectors(selectors: eks.Selector[]): void {
  if (selectors.length < 1 || selectors.length > 5) {
    throw new Error(`"selectors" has ${selectors.length} selectors: give 1 to 5, and another profile for more`);
  }
  selectors.forEach(({ namespace, labels = {} }, index) => {
    const prop = `selectors[${index}]`;
    check(`${prop}.namespace`, namespace, NAMESPACE.test(namespace) && namespace.length <= 63, 'a namespace');
    const keys = Object.keys(labels);
    if (keys.length > 5) {
      throw new Error(`"${prop}.labels" has ${keys.length} labels: give at most 5`);
    }
    for (const key of keys) {
      const [name, prefix, more] = key.split('/').reverse();
      check(`${prop}.labels`, key, more === undefined && LABEL_NAME.test(name) && name.length <= 63 && (prefix === undefined || LABEL_PREFIX.test(prefix)), 'the key of a label');
      check(`${prop}.labels.${key}`, labels[key], LABEL_NAME.test(labels[key]) && labels[key].length <= 63, 'the value of a label');
    }
  });
}

function check(prop: string, value: string, ok: boolean, what: string): void {
  if (!ok && !Token.isUnresolved(value)) {
    throw new Error(`"${prop}" has "${value}": give ${what}, in which "*" stands for any characters and "?" for one`);
  }
}
