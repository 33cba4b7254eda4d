import { Bad, Good, release } from '../fixtures';

const REGISTRY = { Chart: 'oci://registry.example.com/charts/aws-load-balancer-controller' };

export const good: Good = {
  'it is off': stack => release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false }),
  'it is off, from a registry': stack => release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false }, 'platform', REGISTRY),
  'another chart': stack => release(stack, 'web'),
};

export const bad: Bad = {
  'nothing is said': [stack => release(stack, 'aws-load-balancer-controller', { clusterName: 'platform' }), 'enableServiceMutatorWebhook is not false'],
  'a chart from a registry': [stack => release(stack, 'aws-load-balancer-controller', {}, 'platform', REGISTRY), 'enableServiceMutatorWebhook is not false'],
  'a chart from a registry of the account': [stack => release(stack, 'aws-load-balancer-controller', {}, 'platform', {
    Chart: `oci://${stack.account}.dkr.ecr.${stack.region}.${stack.urlSuffix}/charts/aws-load-balancer-controller`,
  }), 'enableServiceMutatorWebhook is not false'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['values.enableServiceMutatorWebhook'];
