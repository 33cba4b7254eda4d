import { CfnUpdatePolicy, Duration, Size, Token } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, SpotAllocationStrategy } from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { kubeletTaint } from './labels-and-taints';
import { checkInteger, checkSeconds } from '../private/check-number';
import { secondsText } from '../private/duration-text';
import { terminationTag } from '../private/termination-tag';

/** What of a group's props says how its capacity is bought. */
export interface Purchase {
  readonly instanceTypes: ec2.InstanceType[];
  readonly onDemandBaseCapacity?: number;
  readonly onDemandPercentageAboveBaseCapacity?: number;
  readonly spotAllocationStrategy?: SpotAllocationStrategy;
}

/** Whether some of the capacity is Spot. */
export function usesSpot({ onDemandPercentageAboveBaseCapacity: percentage = 100 }: Purchase): boolean {
  return percentage < 100;
}

export function mixedInstancesPolicy(purchase: Purchase, launchTemplate: ec2.CfnLaunchTemplate): CfnAutoScalingGroup.MixedInstancesPolicyProperty {
  const { instanceTypes, onDemandBaseCapacity: base = 0, onDemandPercentageAboveBaseCapacity: percentage = 100 } = purchase;
  for (const prop of ['spotAllocationStrategy', 'onDemandBaseCapacity'] as const) {
    if (purchase[prop] !== undefined && !usesSpot(purchase)) {
      throw new Error(`"${prop}" is ${purchase[prop]}, but all nodes are on demand: give an "onDemandPercentageAboveBaseCapacity" below 100, or leave it out`);
    }
  }
  return {
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: launchTemplate.ref, version: launchTemplate.attrLatestVersionNumber },
      overrides: instanceTypes.map(type => ({ instanceType: type.toString() })),
    },
    instancesDistribution: {
      onDemandAllocationStrategy: 'prioritized',
      onDemandBaseCapacity: checkInteger('onDemandBaseCapacity', base, 0),
      onDemandPercentageAboveBaseCapacity: checkInteger('onDemandPercentageAboveBaseCapacity', percentage, 0, 100),
      spotAllocationStrategy: usesSpot(purchase) ? purchase.spotAllocationStrategy ?? SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED : undefined,
    },
  };
}

/** Rolling update: a few nodes at a time, and never below the group's own minimum where its maximum leaves room for that. */
export function updatePolicy(update: { updateBatchSize?: number; updatePause?: Duration }, minSize: number, maxSize: number): CfnUpdatePolicy {
  const pause = checkSeconds('updatePause', update.updatePause ?? Duration.minutes(2), 0, 3600);
  return {
    autoScalingRollingUpdate: {
      maxBatchSize: checkInteger('updateBatchSize', update.updateBatchSize ?? 1, 1, 100),
      // Sizes known only at the deployment leave CloudFormation's default, none: it refuses as many as the group may have.
      minInstancesInService: Token.isUnresolved(minSize) || Token.isUnresolved(maxSize) ? undefined : Math.min(minSize, maxSize - 1),
      pauseTime: pause.isUnresolved() ? `PT${secondsText(pause)}S` : pause.toIsoString(),
      // Otherwise Auto Scaling would work against the update.
      suspendProcesses: ['HealthCheck', 'ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions', 'InstanceRefresh'],
    },
  };
}

/** Holds an instance that is about to go until the termination handler says that its node is drained, or the time is up. */
export function drainHook(time: Duration): CfnAutoScalingGroup.LifecycleHookSpecificationProperty {
  return {
    lifecycleHookName: 'drain',
    lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    heartbeatTimeout: checkSeconds('drainTimeout', time, 30, 7200).toSeconds(),
    defaultResult: 'CONTINUE',
  };
}

/** What of a group's props goes into its tags. */
export interface TagProps {
  readonly cluster: eks.ICluster;
  readonly autoscaled?: boolean;
  readonly labels: Record<string, string>;
  readonly taints: eks.TaintSpec[];
  readonly diskSize: Size;
  readonly tags?: Record<string, string>;
}

/**
 * Tags by which EKS, the termination handler and Cluster Autoscaler know the group. What the nodes would be like, Cluster Autoscaler must read
 * there while there is none.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws#auto-discovery-setup
 */
export function groupTags({ cluster, autoscaled, labels, taints, diskSize, tags = {} }: TagProps): CfnAutoScalingGroup.TagPropertyProperty[] {
  const tag = (propagateAtLaunch: boolean) => ([key, value]: [string, string]) => ({ key, value, propagateAtLaunch });
  const onInstances: Record<string, string> = {
    ...tags, [`kubernetes.io/cluster/${cluster.clusterName}`]: 'owned', [terminationTag(cluster.clusterName)]: 'managed',
  };
  const template = 'k8s.io/cluster-autoscaler/node-template';
  const onGroup: Record<string, string> = autoscaled ? {
    'k8s.io/cluster-autoscaler/enabled': 'true',
    [`k8s.io/cluster-autoscaler/${cluster.clusterName}`]: 'owned',
    [`${template}/resources/ephemeral-storage`]: `${diskSize.toGibibytes()}Gi`,
    ...Object.fromEntries(Object.keys(labels).sort().map(key => [`${template}/label/${key}`, labels[key]])),
    ...Object.fromEntries(taints.map(taint => [`${template}/taint/${taint.key}`, kubeletTaint(taint).split('=')[1]])),
  } : {};
  return [...Object.entries(onInstances).map(tag(true)), ...Object.entries(onGroup).map(tag(false))];
}
