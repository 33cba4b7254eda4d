import { Bad, Good, resource, nodeGroup, template } from '../fixtures';

export const good: Good = {
  'a launch template': stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } }) } }),
  'a launch template that exists': stack => nodeGroup(stack, { LaunchTemplate: { Id: 'lt-1' } }),
  'an Auto Scaling group that is no node group': stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: { LaunchTemplateId: template(stack, { }) } }),
  'an Auto Scaling group with a tag that only speaks of a cluster': stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { Tags: [{ Key: 'team/kubernetes.io/cluster/platform', Value: 'x' }], LaunchTemplate: { LaunchTemplateId: template(stack, { }) } }),
  'options that the deployment knows': stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { MetadataOptions: { 'Fn::If': ['Own', {}, { HttpTokens: 'required' }] } }) } }),
};

export const bad: Bad = {
  'no launch template': [stack => nodeGroup(stack, { }), 'HttpTokens is not given'],
  'two hops': [stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } }) } }), 'HttpPutResponseHopLimit is 2'],
  'nodes of a cluster whose name is known later': [stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { Tags: [{ Key: { 'Fn::Sub': 'kubernetes.io/cluster/${Cluster}' }, Value: 'owned' }], LaunchTemplate: { LaunchTemplateId: template(stack, { }) } }), 'HttpTokens is not given'],
  'nodes of an Auto Scaling group': [stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { Tags: [{ Key: 'kubernetes.io/cluster/platform', Value: 'owned' }], LaunchTemplate: { LaunchTemplateId: template(stack, { }) } }), 'HttpTokens is not given'],
  'a launch template by its name': [stack => [nodeGroup(stack, { LaunchTemplate: { Name: 'nodes' } }), resource(stack, 'Named', 'AWS::EC2::LaunchTemplate', { LaunchTemplateName: 'nodes', LaunchTemplateData: {} })], 'HttpTokens is not given'],
  'a launch configuration': [stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { Tags: [{ Key: 'kubernetes.io/cluster/platform', Value: 'owned' }], LaunchConfigurationName: resource(stack, 'Nodes', 'AWS::AutoScaling::LaunchConfiguration').ref }), 'HttpTokens is not given'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['LaunchTemplate', 'LaunchConfigurationName'];
