import { Bad, Good, cluster, resource } from '../fixtures';

export const good: Good = {
  'a block apart from the VPC': stack => [resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.20.0.0/16' } })],
  'what EKS chooses': stack => cluster(stack),
  'the largest and the smallest': stack => [cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.16.0.0/12' } })],
  'the smallest': stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '192.168.7.0/24' } }),
};

export const bad: Bad = {
  'a public block': [stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '8.8.0.0/16' } }), '"8.8.0.0/16" is no block'],
  'a block that is too small': [stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '10.0.0.0/28' } }), '"10.0.0.0/28" is no block between /12 and /24'],
  'a block of the VPC': [stack => [resource(stack, 'Vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '10.0.4.0/22' } })], 'overlaps "10.0.0.0/16" of Stack/Vpc'],
  'a block that is too large': [stack => cluster(stack, { KubernetesNetworkConfig: { ServiceIpv4Cidr: '10.0.0.0/11' } }), 'is no block between /12 and /24'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['KubernetesNetworkConfig.ServiceIpv4Cidr'];
