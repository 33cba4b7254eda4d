import { cidrContains } from '../../private/cidr';
import { Check } from '../check';
import { isNoCidr } from '../cidr';
import { inEach } from '../find';
import { knownItems } from '../values';

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

export const CLUSTER_PUBLIC_CIDRS: Check = {
  id: 'cluster-public-cidrs',
  title: 'The public endpoint is for addresses of the internet',
  severity: 'error',
  fix: 'Give public CIDRs, those that your people come from',
  reason: 'EKS refuses private ones; who comes from a private address uses the private endpoint.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  find: ({ clusters }) => inEach(clusters, ({ properties }) => {
    const cidr = knownItems<string>(properties.ResourcesVpcConfig?.PublicAccessCidrs)
      .find(item => isNoCidr(item) || PRIVATE.some(block => cidrContains(block, item)));
    return cidr !== undefined && ['ResourcesVpcConfig.PublicAccessCidrs', `"${cidr}" is ${isNoCidr(cidr) ? 'no CIDR' : 'private'}`];
  }),
};
