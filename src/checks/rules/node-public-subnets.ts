import { Check } from '../check';
import { inResources } from '../find';
import { isTrue } from '../values';

export const NODE_PUBLIC_SUBNETS: Check = {
  id: 'node-public-subnets',
  title: 'Nodes are in private subnets',
  severity: 'warning',
  fix: 'Give private subnets, with a NAT gateway or VPC endpoints',
  reason: 'A node with a public address is one security group away from the internet.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], ({ properties, template }) => {
    const open = platform.targets(properties.Subnets, template).find(subnet => isTrue(subnet?.properties.MapPublicIpOnLaunch));
    return open && ['Subnets', `subnet ${open.path} gives its instances public addresses`];
  }),
};
