import { prefixLength } from '../../private/cidr';
import { Check } from '../check';
import { known, listOf } from '../values';

export const SUBNET_SIZE: Check = {
  id: 'subnet-size',
  title: 'Subnets have addresses for pods',
  severity: 'warning',
  fix: 'Give subnets of /24 at least, or a secondary block for pods',
  reason: 'Every pod takes an address of the subnet; a node whose subnet is full starts no pod.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/ip-opt.html',
  * find(platform) {
    const used = new Set(platform.ofType('AWS::EKS::Nodegroup').flatMap(group => listOf<any>(group.properties.Subnets).map(subnet => platform.target(subnet, group.template))));
    for (const resource of platform.ofType('AWS::EC2::Subnet').filter(subnet => used.has(subnet))) {
      const cidr = known<string>(resource.properties.CidrBlock);
      if (cidr !== undefined && prefixLength(cidr) > 25) {
        yield { resource, location: 'CidrBlock', message: `${cidr} has ${2 ** (32 - prefixLength(cidr)) - 5} addresses for nodes and pods` };
      }
    }
  },
};
