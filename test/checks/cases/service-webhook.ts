import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'it is off': stack => release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false }),
  'another chart': stack => release(stack, 'web'),
};

export const bad: Bad = {
  'nothing is said': [stack => release(stack, 'aws-load-balancer-controller', { clusterName: 'platform' }), 'enableServiceMutatorWebhook is not false'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['values.enableServiceMutatorWebhook'];
