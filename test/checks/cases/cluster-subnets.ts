import { Fn, Stack } from 'aws-cdk-lib';
import { Bad, Good, cluster, resource } from '../fixtures';

const subnet = (stack: Stack, id: string, zone: string) => resource(stack, id, 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: zone }).ref;

export const good: Good = {
  'subnets in two zones': stack => cluster(stack, {}, { SubnetIds: [subnet(stack, 'A', 'zone-a'), subnet(stack, 'B', 'zone-b')] }),
  'subnets that exist': stack => cluster(stack),
  'zones that the deployment knows': stack => cluster(stack, {}, { SubnetIds: [subnet(stack, 'A', Fn.select(0, Fn.getAzs())), subnet(stack, 'B', Fn.select(1, Fn.getAzs()))] }),
};

export const bad: Bad = {
  'one subnet': [stack => cluster(stack, {}, { SubnetIds: ['subnet-1'] }), 'there is one subnet'],
  'subnets in one zone': [stack => cluster(stack, {}, { SubnetIds: [subnet(stack, 'A', 'zone-a'), subnet(stack, 'B', 'zone-a')] }), 'all subnets are in zone-a'],
  'one zone that the deployment knows': [stack => cluster(stack, {}, { SubnetIds: [subnet(stack, 'A', Fn.select(0, Fn.getAzs())), subnet(stack, 'B', Fn.select(0, Fn.getAzs()))] }), 'all subnets are in one zone'],
  'a zone without room': [stack => cluster(stack, {}, { SubnetIds: ['use1-az1', 'use1-az3'].map(id => resource(stack, id, 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZoneId: id }).ref) }), 'EKS takes no subnet in use1-az3'],
  'a Local Zone': [stack => cluster(stack, {}, { SubnetIds: [subnet(stack, 'A', 'us-west-2a'), subnet(stack, 'B', 'us-west-2-lax-1a')] }), 'EKS takes no subnet in us-west-2-lax-1a'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ResourcesVpcConfig.SubnetIds'];
