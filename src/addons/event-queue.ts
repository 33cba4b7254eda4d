import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** A queue of the events on which a controller drains a node before it goes. */
export function eventQueue(scope: Construct, id: string, patterns: Record<string, events.EventPattern>): sqs.Queue {
  const queue = new sqs.Queue(scope, id, {
    retentionPeriod: Duration.minutes(5), // an older warning is of no use
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });
  for (const [name, eventPattern] of Object.entries(patterns)) {
    new events.Rule(queue, name, { eventPattern, targets: [new targets.SqsQueue(queue)] });
  }
  return queue;
}
