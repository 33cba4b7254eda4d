import { Stack } from 'aws-cdk-lib';
import { Bad, Good, cluster, resource } from '../fixtures';

const subnet = (stack: Stack, id: string, zone: string) => resource(stack, id, 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: zone }).ref;

export const good: Good = {
  'subnets in two zones': stack => cluster(stack, {}, { SubnetIds: [subnet(stack, 'A', 'zone-a'), subnet(stack, 'B', 'zone-b')] }),
  'subnets that exist': stack => cluster(stack),
};

export const bad: Bad = {
  'one subnet': [stack => cluster(stack, {}, { SubnetIds: ['subnet-1'] }), 'there is one subnet'],
  'subnets in one zone': [stack => cluster(stack, {}, { SubnetIds: [subnet(stack, 'A', 'zone-a'), subnet(stack, 'B', 'zone-a')] }), 'all subnets are in zone-a'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ResourcesVpcConfig.SubnetIds'];
