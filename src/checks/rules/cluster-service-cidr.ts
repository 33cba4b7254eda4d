import { cidrContains, cidrsOverlap, prefixLength } from '../../private/cidr';
import { Check } from '../check';
import { isNoCidr } from '../cidr';
import { inEach } from '../find';
import { knownText } from '../values';

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

export const CLUSTER_SERVICE_CIDR: Check = {
  id: 'cluster-service-cidr',
  title: 'Services have addresses of their own',
  severity: 'error',
  fix: 'Give a private block between /12 and /24 that overlaps neither the VPC nor what is routed to it',
  reason: 'EKS refuses other blocks, and it cannot be changed later.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html',
  find: platform => inEach(platform.clusters, ({ resource, properties }) => {
    const location = 'KubernetesNetworkConfig.ServiceIpv4Cidr';
    const cidr = knownText(properties.KubernetesNetworkConfig?.ServiceIpv4Cidr);
    if (cidr === undefined) {
      return undefined;
    }
    if (isNoCidr(cidr) || !PRIVATE.some(block => cidrContains(block, cidr)) || prefixLength(cidr) < 12 || prefixLength(cidr) > 24) {
      return [location, `"${cidr}" is no block between /12 and /24 of the private addresses`];
    }
    const [subnet] = platform.targets(properties.ResourcesVpcConfig?.SubnetIds, resource.template).filter(Boolean);
    const own = subnet && platform.target(subnet.properties.VpcId, subnet.template);
    const vpcs = own ? [own] : platform.ofType('AWS::EC2::VPC').filter(({ template }) => template === resource.template);
    const block = vpcs.flatMap(vpc => [vpc, ...platform.referringTo(vpc, 'AWS::EC2::VPCCidrBlock', 'VpcId')]).find(({ properties: { CidrBlock: other } }) =>
      knownText(other) !== undefined && !isNoCidr(other) && cidrsOverlap(other, cidr));
    return block && [location, `"${cidr}" overlaps "${block.properties.CidrBlock}" of ${block.path}`];
  }),
};
