import { Bad, Good, resource, nodeGroup } from '../fixtures';

export const good: Good = {
  'a private subnet': stack => nodeGroup(stack, { Subnets: [resource(stack, 'Private', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: false }).ref] }),
};

export const bad: Bad = {
  'a public subnet': [stack => nodeGroup(stack, { Subnets: [resource(stack, 'Public', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true }).ref] }), 'subnet Stack/Public gives its instances public addresses'],
  'nodes of an Auto Scaling group': [stack => resource(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', { Tags: [{ Key: 'kubernetes.io/cluster/platform', Value: 'owned' }], VPCZoneIdentifier: [resource(stack, 'Public', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true }).ref] }), 'subnet Stack/Public gives'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Subnets', 'VPCZoneIdentifier'];
