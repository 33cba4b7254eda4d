import { Annotations, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { ClusterAutoscalerExpander, ClusterAutoscalerOptions, ClusterAutoscalerPriority } from './cluster-autoscaler-options';
import { onePerCluster, warnAbout } from './conflicts';
import { inlinePolicies } from './inline-policies';
import { CLUSTER_AUTOSCALER as PINNED } from '../catalogue/charts';
import { CLUSTER_AUTOSCALER_IMAGES } from '../catalogue/cluster-autoscaler-images';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';
import { checkInteger } from '../private/check-number';
import { clusterVersionAtSynth, hasAutoMode, requireClusterName } from '../private/cluster-facts';
import { installed, resourcesOf } from '../private/installed';

/**
 * Properties of ClusterAutoscaler.
 */
export interface ClusterAutoscalerProps extends ClusterAutoscalerOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Cluster Autoscaler: sets the number of nodes of node groups by what pods need. A Helm chart; the program's version goes by the cluster's.
 *
 * It finds groups by their tags: managed node groups have them, self-managed ones with `autoscaled`. It may change those of this cluster alone.
 *
 * - **Auto Mode**: no, that launches nodes itself.
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: partly, scales such groups, runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws
 *
 * @example
 * cluster.addManagedNodeGroup('General', { instanceTypes: [new ec2.InstanceType('m7i.large')], minSize: 2, maxSize: 10, autoscaled: true });
 * new addons.ClusterAutoscaler(stack, 'Autoscaler', { cluster });
 */
export class ClusterAutoscaler extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of the autoscaler. */
  public readonly serviceAccountRole: ServiceAccountRole;

  constructor(scope: Construct, id: string, props: ClusterAutoscalerProps) {
    super(scope, id);
    const { cluster, priorities = [] } = props;
    const expanders = checkExpanders(props);

    this.serviceAccountRole = chartRole(this, PINNED, 'Cluster Autoscaler', props);
    inlinePolicies(this.serviceAccountRole.role, { Autoscaling: statements(Stack.of(this), requireClusterName(this, cluster)) });

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        fullnameOverride: PINNED.serviceAccount,
        image: { tag: image(this, cluster, props.kubernetesVersion) },
        autoDiscovery: { clusterName: cluster.clusterName },
        // Given, because pods cannot ask the instance metadata behind its hop limit of 1.
        awsRegion: Stack.of(this).region,
        replicaCount: 2,
        resources: { requests: { cpu: '100m', memory: '600Mi' }, limits: { memory: '600Mi' } },
        rbac: { serviceAccount: { name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations } },
        extraArgs: {
          'expander': expanders.join(','),
          'balance-similar-node-groups': props.balanceSimilarNodeGroups ?? true,
        },
        expanderPriorities: priorities.length > 0 ? Object.fromEntries(priorities.map(({ priority, groups }) => [`${priority}`, groups])) : undefined,
      },
    });
    onePerCluster(this, cluster, 'ClusterAutoscaler');
    warnAbout(this, 'twoAutoscalers', () => otherAutoscaler(cluster));
    warnAbout(this, 'autoscaledSizes', () => fixedSizes(cluster));
  }
}

function checkExpanders({ expanders, priorities = [] }: ClusterAutoscalerOptions): ClusterAutoscalerExpander[] {
  const byPriority = expanders?.includes(ClusterAutoscalerExpander.PRIORITY) ?? priorities.length > 0;
  if (byPriority !== priorities.length > 0) {
    throw new Error(`"expanders" is ${expanders} and "priorities" has ${priorities.length} entries: give both or neither, priorities and their expander go together`);
  }
  priorities.forEach(({ priority, groups }: ClusterAutoscalerPriority, index) => {
    if (groups.length === 0 || groups.includes('')) {
      throw new Error(`"priorities[${index}].groups" is [${groups.map(one => `"${one}"`)}]: give at least one expression, none of them empty; ".*" stands for all groups`);
    }
    checkInteger(`priorities[${index}].priority`, priority, 1);
    if (priorities.findIndex(other => other.priority === priority) !== index) {
      throw new Error(`"priorities" has ${priority} twice: give it once, with all its groups`);
    }
  });
  return expanders ?? [...byPriority ? [ClusterAutoscalerExpander.PRIORITY] : [], ClusterAutoscalerExpander.LEAST_WASTE];
}

function image(scope: Construct, cluster: eks.ICluster, given?: eks.KubernetesVersion): string | undefined {
  const version = given?.version ?? clusterVersionAtSynth(cluster);
  if (version === undefined) {
    Annotations.of(scope).addWarningV2('eks-slipway:autoscalerVersion',
      'The cluster\'s Kubernetes version, by which Cluster Autoscaler\'s should go, is not known at synth: give it as "kubernetesVersion"');
    return Object.values(CLUSTER_AUTOSCALER_IMAGES).pop();
  }
  return CLUSTER_AUTOSCALER_IMAGES[version];
}

/** @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws#iam-policy */
function statements(stack: Stack, clusterName: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities', 'ec2:DescribeImages', 'ec2:DescribeInstanceTypes', 'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['eks:DescribeNodegroup'],
      resources: [stack.formatArn({ service: 'eks', resource: 'nodegroup', resourceName: `${clusterName}/*/*` })],
    }),
    new iam.PolicyStatement({
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [stack.formatArn({ service: 'autoscaling', resource: 'autoScalingGroup:*:autoScalingGroupName', resourceName: '*' })],
      conditions: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: 'owned' } },
    }),
  ];
}

function otherAutoscaler(cluster: eks.ICluster): string | undefined {
  const autoMode = hasAutoMode(cluster) ? cluster : undefined;
  const [other = autoMode] = installed(cluster, 'Karpenter');
  return other && `${other === autoMode ? 'Auto Mode' : 'Karpenter'} (${other.node.path}) launches nodes for pending pods too, so both launch some for the same pods: `
    + 'keep their pods apart by taints, or leave one of them out';
}

/** EKS tags every managed node group for Cluster Autoscaler. */
function fixedSizes(cluster: eks.ICluster): string | undefined {
  const fixed = resourcesOf(cluster, 'AWS::EKS::Nodegroup').filter(resource => {
    const { minSize, maxSize, desiredSize } = (resource as any).scalingConfig ?? {};
    return desiredSize !== undefined && minSize !== maxSize;
  });
  return fixed.length > 0
    ? `Cluster Autoscaler sets the number of nodes of ${fixed.map(({ node }) => node.path.replace(/\/Resource$/, '')).join(', ')}, which an update of the `
      + 'template sets back: give "autoscaled: true"'
    : undefined;
}
