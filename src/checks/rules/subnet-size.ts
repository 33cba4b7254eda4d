import { prefixLength } from '../../private/cidr';
import { Check } from '../check';
import { isNoCidr } from '../cidr';
import { inResources } from '../find';
import { knownText } from '../values';

export const SUBNET_SIZE: Check = {
  id: 'subnet-size',
  title: 'Subnets have addresses for pods',
  severity: 'warning',
  fix: 'Give subnets of /24 at least, or a secondary block for pods',
  reason: 'Every pod takes an address of the subnet; a node whose subnet is full starts no pod.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/ip-opt.html',
  find(platform) {
    const used = new Set(platform.ofType('AWS::EKS::Nodegroup').flatMap(({ properties, template }) => platform.targets(properties.Subnets, template)));
    return inResources(platform, ['AWS::EC2::Subnet'], subnet => {
      const cidr = knownText(subnet.properties.CidrBlock);
      return used.has(subnet) && cidr !== undefined && !isNoCidr(cidr) && prefixLength(cidr) > 25
        && ['CidrBlock', `${cidr} has ${2 ** (32 - prefixLength(cidr)) - 5} addresses for nodes and pods`];
    });
  },
};
