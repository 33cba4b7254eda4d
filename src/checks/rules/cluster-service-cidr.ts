import { cidrContains, cidrsOverlap, prefixLength } from '../../private/cidr';
import { Check } from '../check';
import { isNoCidr } from '../cidr';
import { known } from '../values';

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

export const CLUSTER_SERVICE_CIDR: Check = {
  id: 'cluster-service-cidr',
  title: 'Services have addresses of their own',
  severity: 'error',
  fix: 'Give a private block between /12 and /24 that overlaps neither the VPC nor what is routed to it',
  reason: 'EKS refuses other blocks, and it cannot be changed later.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html',
  * find(platform) {
    for (const { resource, properties } of platform.clusters) {
      const location = 'KubernetesNetworkConfig.ServiceIpv4Cidr';
      const cidr = known<string>(properties.KubernetesNetworkConfig?.ServiceIpv4Cidr);
      if (cidr === undefined) {
        continue;
      }
      if (isNoCidr(cidr) || !PRIVATE.some(block => cidrContains(block, cidr)) || prefixLength(cidr) < 12 || prefixLength(cidr) > 24) {
        yield { resource, location, message: `"${cidr}" is no block between /12 and /24 of the private addresses` };
        continue;
      }
      const vpc = platform.ofType('AWS::EC2::VPC').find(({ template, properties: { CidrBlock: block } }) => template === resource.template
        && known(block) !== undefined && cidrsOverlap(block, cidr));
      if (vpc) {
        yield { resource, location, message: `"${cidr}" overlaps "${vpc.properties.CidrBlock}" of ${vpc.path}` };
      }
    }
  },
};
