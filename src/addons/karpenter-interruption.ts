import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** What tells of nodes that are about to go. */
const EVENTS: Record<string, [source: string, detailType: string]> = {
  ScheduledChange: ['aws.health', 'AWS Health Event'],
  SpotInterruption: ['aws.ec2', 'EC2 Spot Instance Interruption Warning'],
  Rebalance: ['aws.ec2', 'EC2 Instance Rebalance Recommendation'],
  InstanceStateChange: ['aws.ec2', 'EC2 Instance State-change Notification'],
  CapacityReservationInterruption: ['aws.ec2', 'EC2 Capacity Reservation Instance Interruption Warning'],
};

/** A queue of the events on which Karpenter drains a node before it goes. */
export function interruptionQueue(scope: Construct, id: string): sqs.Queue {
  const queue = new sqs.Queue(scope, id, {
    retentionPeriod: Duration.minutes(5), // an older warning is of no use
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  for (const [name, [source, detailType]] of Object.entries(EVENTS)) {
    new events.Rule(queue, name, {
      eventPattern: { source: [source], detailType: [detailType] },
      targets: [new targets.SqsQueue(queue)],
    });
  }
  return queue;
}
