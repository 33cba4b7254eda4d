import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'they ask different things': stack => deliver(stack, [deployment()]),
  'the same, with more patience': stack => deliver(stack, [deployment({}, { livenessProbe: { httpGet: { path: '/ready', port: 8080 }, failureThreshold: 10 } })]),
};

export const bad: Bad = {
  'the same': [stack => deliver(stack, [deployment({}, { livenessProbe: { httpGet: { path: '/ready', port: 8080 } } })]), 'ask the same, and the first gives up after 30 s'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].livenessProbe'];
