import { Bad, Good, resource, nodeGroup } from '../fixtures';

export const good: Good = {
  'a /24': stack => nodeGroup(stack, { Subnets: [resource(stack, 'Subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24' }).ref] }),
};

export const bad: Bad = {
  'a /27': [stack => nodeGroup(stack, { Subnets: [resource(stack, 'Subnet', 'AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/27' }).ref] }), '10.0.0.0/27 has 27 addresses for nodes and pods'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['CidrBlock'];
