import { Check } from '../check';
import { inEach } from '../find';
import { nodeGroups } from '../node-groups';
import { isTrue } from '../values';

export const NODE_PUBLIC_SUBNETS: Check = {
  id: 'node-public-subnets',
  title: 'Nodes are in private subnets',
  severity: 'warning',
  fix: 'Give private subnets, with a NAT gateway or VPC endpoints',
  reason: 'A node with a public address is one security group away from the internet.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  find: platform => inEach(nodeGroups(platform).map(resource => ({ resource })), ({ resource: { properties, template } }) => {
    const subnets = platform.targets(properties.Subnets ?? properties.VPCZoneIdentifier, template);
    const open = subnets.find(subnet => isTrue(subnet?.properties.MapPublicIpOnLaunch));
    return open && [properties.Subnets ? 'Subnets' : 'VPCZoneIdentifier', `subnet ${open.path} gives its instances public addresses`];
  }),
};
