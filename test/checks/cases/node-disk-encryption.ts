import { Bad, Good, nodeGroup, resource, template } from '../fixtures';

export const good: Good = {
  'an encrypted disk': stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, Encrypted: true } }] }) } }),
  'the disk of the account\'s default': stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { }) } }),
  'disks that the deployment knows': stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { BlockDeviceMappings: { 'Fn::If': ['Own', [], { Ref: 'AWS::NoValue' }] } }) } }),
};

export const bad: Bad = {
  'nothing is said of encryption': [stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20 } }] }) } }), 'disk /dev/xvda is not encrypted'],
  'it is off': [stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, Encrypted: false } }] }) } }), 'is not encrypted'],
  'nodes of an Auto Scaling group': [stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { Tags: [{ Key: 'kubernetes.io/cluster/platform', Value: 'owned' }], LaunchTemplate: { LaunchTemplateId: template(stack, { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20 } }] }) } }), 'is not encrypted'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['LaunchTemplateData.BlockDeviceMappings'];
