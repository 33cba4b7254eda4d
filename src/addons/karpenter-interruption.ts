import * as events from 'aws-cdk-lib/aws-events';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventQueue } from './event-queue';

/** What tells of nodes that are about to go. */
const EVENTS: Record<string, events.EventPattern> = {
  ScheduledChange: { source: ['aws.health'], detailType: ['AWS Health Event'] },
  SpotInterruption: { source: ['aws.ec2'], detailType: ['EC2 Spot Instance Interruption Warning'] },
  Rebalance: { source: ['aws.ec2'], detailType: ['EC2 Instance Rebalance Recommendation'] },
  InstanceStateChange: { source: ['aws.ec2'], detailType: ['EC2 Instance State-change Notification'] },
  CapacityReservationInterruption: { source: ['aws.ec2'], detailType: ['EC2 Capacity Reservation Instance Interruption Warning'] },
};

/** A queue of the events on which Karpenter drains a node before it goes. */
export function interruptionQueue(scope: Construct, id: string): sqs.Queue {
  return eventQueue(scope, id, EVENTS);
}
