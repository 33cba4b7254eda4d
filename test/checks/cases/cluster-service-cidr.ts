import { Stack } from 'aws-cdk-lib';
import { Bad, Good, cluster, resource } from '../fixtures';

/** Subnets of a VPC with 10.0.0.0/16, and with one block more. */
function inVpc(stack: Stack, block?: string): string[] {
  const VpcId = resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }).ref;
  if (block !== undefined) {
    resource(stack, 'Block', 'AWS::EC2::VPCCidrBlock', { VpcId, CidrBlock: block });
  }
  return ['a', 'b'].map(zone => resource(stack, zone, 'AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24', AvailabilityZone: zone }).ref);
}

export const good: Good = {
  'a block apart from the VPC': stack => [resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.20.0.0/16' } })],
  'what EKS chooses': stack => cluster(stack),
  'the largest and the smallest': stack => [cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.16.0.0/12' } })],
  'the smallest': stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '192.168.7.0/24' } }),
  'the block of another VPC': stack => [
    resource(stack, 'Other', 'AWS::EC2::VPC', { CidrBlock: '172.20.0.0/16' }),
    cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.20.0.0/16' } }, { SubnetIds: inVpc(stack) }),
  ],
};

export const bad: Bad = {
  'a public block': [stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '8.8.0.0/16' } }), '"8.8.0.0/16" is no block'],
  'a block that is too small': [stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '10.0.0.0/28' } }), '"10.0.0.0/28" is no block between /12 and /24'],
  'a block of the VPC': [stack => [resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '10.0.4.0/22' } })], 'overlaps "10.0.0.0/16" of Stack/Vpc'],
  'a block that is too large': [stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '10.0.0.0/11' } }), 'is no block between /12 and /24'],
  'a block that the VPC has besides': [stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '10.64.0.0/20' } }, { SubnetIds: inVpc(stack, '10.64.0.0/16') }), 'overlaps "10.64.0.0/16" of Stack/Block'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['KubernetesNetworkConfig.ServiceIpv4Cidr'];
