import { Fn } from 'aws-cdk-lib';
import { Bad, Good, cluster } from '../fixtures';

export const good: Good = {
  'public addresses': stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.0/24', '2001:db8::/32'] }),
  'addresses that the deployment knows': stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: [Fn.importValue('office')] }),
};

export const bad: Bad = {
  'a private one': [stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: ['10.1.0.0/16'] }), '"10.1.0.0/16" is private'],
  'an address without a length': [stack => cluster(stack, {}, { EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.7'] }), '"203.0.113.7" is no CIDR'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ResourcesVpcConfig.PublicAccessCidrs'];
