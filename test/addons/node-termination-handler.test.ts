import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { inlinePolicies, newStack, permissions, referenceYaml, releaseValues, text, withHelm } from './fixtures';
import { NodeTerminationHandler } from '../../src/addons/node-termination-handler';
import { ManagedNodeGroup } from '../../src/nodes/managed-node-group';
import { SelfManagedNodeGroup } from '../../src/nodes/self-managed-node-group';
import { newCluster } from '../clusters';
import { describeWithReference } from '../reference';

let stack = newStack();
let cluster: eks.Cluster;
beforeEach(() => {
  stack = newStack();
  cluster = withHelm(newCluster(stack));
});

const add = (id = 'Handler') => new NodeTerminationHandler(stack, id, { cluster });
const instanceTypes = [new ec2.InstanceType('m7i.large')];
const selfManaged = (id = 'Nodes') => new SelfManagedNodeGroup(stack, id, { cluster, instanceTypes, serviceCidr: '10.100.0.0/16' });
const groups = () => Object.values(Template.fromStack(stack).findResources('AWS::AutoScaling::AutoScalingGroup')).map(({ Properties }) => Properties);

test('it reads the queue, and handles instances by the tag that self-managed node groups of this cluster have', () => {
  add();
  selfManaged();
  const { managedTag, ...values } = releaseValues(Template.fromStack(stack), 'aws-node-termination-handler');
  expect(values).toMatchObject({ queueURL: expect.stringMatching(/^\$\{HandlerQueue/), enableSqsTerminationDraining: true });
  const tags = groups()[0].Tags.filter(({ PropagateAtLaunch }: any) => PropagateAtLaunch).map(({ Key }: any) => text(Key));
  expect(tags).toContain(managedTag.replace('Stack-Cluster', text(stack.resolve(cluster.clusterName))));
});

test('self-managed nodes wait for it from then on, whichever was made first', () => {
  selfManaged('Before');
  add();
  selfManaged('After');
  expect(groups().map(({ LifecycleHookSpecificationList: hooks }) => hooks[0].HeartbeatTimeout)).toEqual([300, 300]);
});

test('the queue takes only what comes encrypted, and keeps it as long as it is of use', () => {
  add();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 300, SqsManagedSseEnabled: true });
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
  });
});

describe('what does not go together', () => {
  const warnings = () => Annotations.fromStack(stack).findWarning('/Stack/Handler', Match.anyValue()).map(({ entry }) => entry.data as string);

  test('managed node groups alone, whoever made them', () => {
    add();
    new ManagedNodeGroup(stack, 'Managed', { cluster, instanceTypes });
    expect(warnings()).toEqual([expect.stringContaining('managed node groups, whose nodes EKS drains itself')]);
  });

  test('but it does beside self-managed ones, and without nodes of this app', () => {
    add();
    expect(warnings()).toEqual([]);
    new ManagedNodeGroup(stack, 'Managed', { cluster, instanceTypes });
    selfManaged();
    expect(warnings()).toEqual([]);
  });

  test('a second one in the cluster', () => {
    add();
    add('Second');
    expect(() => Template.fromStack(stack)).toThrow('"cluster" is Stack/Cluster, where Stack/Handler installs NodeTerminationHandler already');
  });
});

describeWithReference('compared with the project', dir => {
  test('it may do what the project asks for, on its own queue and on groups with the tag of this cluster', () => {
    add();
    const own = permissions(inlinePolicies(Template.fromStack(stack), 'HandlerIdentityRole').Draining)
      .map(permission => permission.replace(/\$\{HandlerQueue\w+\.Arn\}/, 'QUEUE'));
    const scoped: Record<string, string> = {
      'Allow autoscaling:CompleteLifecycleAction on * if {}': 'Allow autoscaling:CompleteLifecycleAction on '
        + 'arn:${AWS::Partition}:autoscaling:${AWS::Region}:${AWS::AccountId}:autoScalingGroup:*:autoScalingGroupName/* '
        + 'if {"Null":{"aws:ResourceTag/aws-node-termination-handler/Stack-Cluster":"false"}}',
      'Allow sqs:DeleteMessage on * if {}': 'Allow sqs:DeleteMessage on QUEUE if {}',
      'Allow sqs:ReceiveMessage on * if {}': 'Allow sqs:ReceiveMessage on QUEUE if {}',
    };
    const upstream = permissions(referenceYaml(dir, 'iam/node-termination-handler-v1.25.6/queue-processor.json'));
    expect(own).toEqual(upstream.map(permission => scoped[permission] ?? permission).sort());
  });
});
