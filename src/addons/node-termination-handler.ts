import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { onePerCluster, warnAbout } from './conflicts';
import { eventQueue } from './event-queue';
import { HelmAddonOptions } from './helm-addon-options';
import { inlinePolicies } from './inline-policies';
import { NODE_TERMINATION_HANDLER as PINNED } from '../catalogue/charts';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';
import { requireClusterName } from '../private/cluster-facts';
import { installed, resourcesOf } from '../private/installed';
import { terminationTag } from '../private/termination-tag';

/**
 * Options of NodeTerminationHandler.
 */
export interface NodeTerminationHandlerOptions extends HelmAddonOptions {}

/**
 * Properties of NodeTerminationHandler.
 */
export interface NodeTerminationHandlerProps extends NodeTerminationHandlerOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The AWS Node Termination Handler: drains self-managed nodes before they go, when Auto Scaling ends them, a Spot Instance is interrupted,
 * an instance is stopped or AWS has maintenance to do. A Helm chart, reading events from a queue.
 *
 * Every `SelfManagedNodeGroup` of the cluster in this app gets the lifecycle hook that gives it the time. Another Auto Scaling group needs
 * such a hook and the tag `aws-node-termination-handler/CLUSTER`, on itself and its instances. Managed node groups and Karpenter drain their
 * own nodes, which it leaves alone.
 *
 * - **Auto Mode**: no, EKS drains its nodes itself.
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: no, it runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://github.com/aws/aws-node-termination-handler
 *
 * @example
 * new addons.NodeTerminationHandler(stack, 'TerminationHandler', { cluster });
 */
export class NodeTerminationHandler extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of the handler. */
  public readonly serviceAccountRole: ServiceAccountRole;

  /** The queue that tells of nodes that are about to go. */
  public readonly queue: sqs.Queue;

  constructor(scope: Construct, id: string, props: NodeTerminationHandlerProps) {
    super(scope, id);
    const { cluster } = props;
    const tag = terminationTag(requireClusterName(this, cluster));
    this.queue = eventQueue(this, 'Queue', EVENTS);

    this.serviceAccountRole = chartRole(this, PINNED, 'AWS Node Termination Handler', props);
    inlinePolicies(this.serviceAccountRole.role, { Draining: statements(Stack.of(this), tag, this.queue) });

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        enableSqsTerminationDraining: true,
        queueURL: this.queue.queueUrl,
        // Given, because pods cannot ask the instance metadata behind its hop limit of 1.
        awsRegion: Stack.of(this).region,
        // Of this cluster only: the queue is told of every instance in the region.
        managedTag: tag,
        replicas: 2,
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        serviceAccount: { create: true, name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations },
      },
    });
    onePerCluster(this, cluster, 'NodeTerminationHandler');
    warnAbout(this, 'terminationHandlerWithoutNodes', () => withoutNodes(cluster));
  }
}

/**
 * What tells of nodes that are about to go. Recommendations to rebalance are left out: Auto Scaling acts on them where a group says so, and
 * elsewhere a drained node would stay, empty.
 *
 * @see https://github.com/aws/aws-node-termination-handler/blob/v1.25.6/docs/cfn-template.yaml
 */
const EVENTS: Record<string, events.EventPattern> = {
  InstanceTermination: { source: ['aws.autoscaling'], detailType: ['EC2 Instance-terminate Lifecycle Action'] },
  ScheduledChange: { source: ['aws.health'], detailType: ['AWS Health Event'], detail: { service: ['EC2'], eventTypeCategory: ['scheduledChange'] } },
  SpotInterruption: { source: ['aws.ec2'], detailType: ['EC2 Spot Instance Interruption Warning'] },
  InstanceStateChange: { source: ['aws.ec2'], detailType: ['EC2 Instance State-change Notification'] },
};

function statements(stack: Stack, tag: string, queue: sqs.IQueue): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeTags', 'ec2:DescribeInstances'],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['autoscaling:CompleteLifecycleAction'],
      resources: [stack.formatArn({ service: 'autoscaling', resource: 'autoScalingGroup:*:autoScalingGroupName', resourceName: '*' })],
      conditions: { Null: { [`aws:ResourceTag/${tag}`]: 'false' } },
    }),
    new iam.PolicyStatement({
      actions: ['sqs:DeleteMessage', 'sqs:ReceiveMessage'],
      resources: [queue.queueArn],
    }),
  ];
}

function withoutNodes(cluster: eks.ICluster): string | undefined {
  const managed = resourcesOf(cluster, 'AWS::EKS::Nodegroup');
  return managed.length > 0 && installed(cluster, 'SelfManagedNodeGroup').length === 0
    ? 'The cluster has managed node groups, whose nodes EKS drains itself, and no self-managed ones in this app: leave the termination handler out, '
      + 'unless there are Auto Scaling groups elsewhere'
    : undefined;
}
