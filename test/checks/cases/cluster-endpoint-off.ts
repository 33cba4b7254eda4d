import { Bad, Good, cluster } from '../fixtures';

export const good: Good = {
  'the private endpoint': stack => cluster(stack),
  'the public endpoint': stack => cluster(stack, {}, { EndpointPublicAccess: true, EndpointPrivateAccess: false }),
};

export const bad: Bad = {
  'neither': [stack => cluster(stack, {}, { EndpointPrivateAccess: false }), 'both endpoints are off'],
  'the private one is off where nothing is said': [stack => cluster(stack, {}, { EndpointPrivateAccess: undefined }), 'both endpoints are off'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ResourcesVpcConfig'];
