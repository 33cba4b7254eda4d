import { Check } from '../check';
import { listOf } from '../values';

export const NODE_PUBLIC_SUBNETS: Check = {
  id: 'node-public-subnets',
  title: 'Nodes are in private subnets',
  severity: 'warning',
  fix: 'Give private subnets, with a NAT gateway or VPC endpoints',
  reason: 'A node with a public address is one security group away from the internet.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const open = listOf<any>(resource.properties.Subnets).map(subnet => platform.target(subnet, resource.template))
        .find(subnet => subnet && String(subnet.properties.MapPublicIpOnLaunch) === 'true');
      if (open) {
        yield { resource, location: 'Subnets', message: `subnet ${open.path} gives its instances public addresses` };
      }
    }
  },
};
