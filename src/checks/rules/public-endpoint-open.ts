import { Check } from '../check';
import { knownItems } from '../values';

export const PUBLIC_ENDPOINT_OPEN: Check = {
  id: 'public-endpoint-open',
  title: 'The API server is not open to the whole internet',
  severity: 'warning',
  fix: 'Turn the public endpoint off, or give the CIDRs that need it in PublicAccessCidrs',
  reason: 'A leaked token or a flaw of the API server can then be used from anywhere.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  * find({ clusters }) {
    for (const { resource, properties } of clusters) {
      const vpc = properties.ResourcesVpcConfig ?? {};
      // EKS opens it where nothing is said.
      if (vpc.EndpointPublicAccess === false || vpc.EndpointPublicAccess === 'false') {
        continue;
      }
      const open = vpc.PublicAccessCidrs === undefined ? 'everyone' : knownItems<string>(vpc.PublicAccessCidrs).find(cidr => /\/0$/.test(cidr));
      if (open) {
        yield { resource, location: 'ResourcesVpcConfig', message: `the public endpoint is open to ${open}` };
      }
    }
  },
};
