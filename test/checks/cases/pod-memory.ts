import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'both are given': stack => deliver(stack, [deployment()]),
  'a limit alone, which is a request too': stack => deliver(stack, [deployment({}, { resources: { limits: { memory: '1Gi' } } })]),
  'the whole pod has them': stack => deliver(stack, [deployment({ resources: { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } } }, { resources: {} })]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [deployment({}, { resources: undefined })]), 'has no limits.memory'],
  'a request alone': [stack => deliver(stack, [deployment({}, { resources: { requests: { memory: '1Gi' } } })]), 'has no limits.memory'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].resources.limits.memory'];
