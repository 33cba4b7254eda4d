import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, Good, nodeGroup, resource, template } from '../fixtures';

const group = (stack: Stack, id: string, ...tags: string[]) =>
  resource(stack, id, 'AWS::EC2::SecurityGroup', {
    GroupDescription: id, VpcId: 'vpc', Tags: tags.map(Key => ({ Key, Value: 'owned' })),
  });
const nodes = (stack: Stack, ids: any[]) => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { SecurityGroupIds: ids }) } });
const own = (stack: Stack) => cluster(stack).getAtt('ClusterSecurityGroupId');
const TAG = 'kubernetes.io/cluster/platform';

export const good: Good = {
  'those of EKS': stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack) } }),
  'the cluster security group and one without the tag': stack => nodes(stack, [own(stack), group(stack, 'Extra', 'team').ref]),
  'one of two with the tag': stack => nodes(stack, [group(stack, 'One', TAG).ref, group(stack, 'Two').ref]),
  'a single one, without the tag': stack => nodes(stack, [group(stack, 'One').ref]),
  'one that exists': stack => nodes(stack, ['sg-1', group(stack, 'One').ref]),
  'an Auto Scaling group of something else': stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: template(stack, { SecurityGroupIds: [group(stack, 'One').ref, group(stack, 'Two').ref] }), Version: '1' },
  }),
};

export const bad: Bad = {
  'two': [stack => nodes(stack, [own(stack), group(stack, 'Extra', TAG).ref]),
    '2 of its security groups have the tag kubernetes.io/cluster/NAME: the cluster security group, Stack/Extra'],
  'none of two, in an interface': [stack => nodeGroup(stack, {
    LaunchTemplate: { Id: template(stack, { NetworkInterfaces: [{ DeviceIndex: 0, Groups: [group(stack, 'One').ref, group(stack, 'Two').ref] }] }) },
  }), 'none of its 2 security groups has the tag'],
  'two of self-managed nodes': [stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: template(stack, { SecurityGroupIds: [group(stack, 'One', TAG).ref, group(stack, 'Two', TAG).ref] }), Version: '1' },
  }), '2 of its security groups have the tag'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['LaunchTemplate'];
