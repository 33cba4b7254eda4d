import { cidrContains, cidrsOverlap, prefixLength } from '../../private/cidr';
import { Check } from '../check';
import { isNoCidr } from '../cidr';
import { inEach } from '../find';
import { known } from '../values';

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
    const cidr = known<string>(properties.KubernetesNetworkConfig?.ServiceIpv4Cidr);
    if (cidr === undefined) {
      return undefined;
    }
    if (isNoCidr(cidr) || !PRIVATE.some(block => cidrContains(block, cidr)) || prefixLength(cidr) < 12 || prefixLength(cidr) > 24) {
      return [location, `"${cidr}" is no block between /12 and /24 of the private addresses`];
    }
    const vpc = platform.ofType('AWS::EC2::VPC').find(({ template, properties: { CidrBlock: block } }) => template === resource.template
      && known(block) !== undefined && cidrsOverlap(block, cidr));
    return vpc && [location, `"${cidr}" overlaps "${vpc.properties.CidrBlock}" of ${vpc.path}`];
  }),
};
