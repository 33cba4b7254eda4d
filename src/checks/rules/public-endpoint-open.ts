import { Check } from '../check';
import { inEach } from '../find';
import { isFalse, knownItems } from '../values';

export const PUBLIC_ENDPOINT_OPEN: Check = {
  id: 'public-endpoint-open',
  title: 'The API server is not open to the whole internet',
  severity: 'warning',
  fix: 'Turn the public endpoint off, or give the CIDRs that need it in PublicAccessCidrs',
  reason: 'A leaked token or a flaw of the API server can then be used from anywhere.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  find: ({ clusters }) => inEach(clusters, ({ properties }) => {
    const vpc = properties.ResourcesVpcConfig ?? {};
    const open = vpc.PublicAccessCidrs === undefined ? 'everyone' : knownItems<string>(vpc.PublicAccessCidrs).find(cidr => /\/[0-7]$/.test(cidr));
    // EKS opens it where nothing is said.
    return !isFalse(vpc.EndpointPublicAccess) && open !== undefined && ['ResourcesVpcConfig', `the public endpoint is open to ${open}`];
  }),
};
