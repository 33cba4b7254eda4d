import { Stack } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

const policy = (stack: Stack, ...statements: any[]) => resource(stack, 'Policy', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: statements } });
const Action = ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:SetDesiredCapacity'];

export const good: Good = {
  'by the tag of the cluster': stack => policy(stack, { Effect: 'Allow', Action, Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/platform': 'owned' } } }),
  'one group': stack => policy(stack, { Effect: 'Allow', Action, Resource: stack.formatArn({ service: 'autoscaling', resource: 'autoScalingGroup' }) }),
  'to look': stack => policy(stack, { Effect: 'Allow', Action: 'autoscaling:DescribeAutoScalingGroups', Resource: '*' }),
  'to nobody': stack => policy(stack, { Effect: 'Deny', Action, Resource: '*' }),
};

export const bad: Bad = {
  'all groups': [stack => policy(stack, { Effect: 'Allow', Action, Resource: '*' }), 'autoscaling:SetDesiredCapacity is allowed on all groups'],
  'to end instances of all': [stack => policy(stack, { Effect: 'Allow', Action: 'autoscaling:TerminateInstanceInAutoScalingGroup', Resource: ['*'] }), 'autoscaling:TerminateInstanceInAutoScalingGroup is allowed on all groups'],
  'to do everything with them': [stack => policy(stack, { Effect: 'Allow', Action: 'autoscaling:*', Resource: '*' }), 'autoscaling:* is allowed on all groups'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['PolicyDocument.Statement[0]'];
