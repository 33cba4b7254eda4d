import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'it is off': stack => release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false }),
  'another chart': stack => release(stack, 'web'),
};

export const bad: Bad = {
  'nothing is said': [stack => release(stack, 'aws-load-balancer-controller', { clusterName: 'platform' }), 'enableServiceMutatorWebhook is not false'],
};
