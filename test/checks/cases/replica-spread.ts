import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'constraints': stack => deliver(stack, [deployment()]),
  'an affinity': stack => deliver(stack, [deployment({ topologySpreadConstraints: undefined, affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } } })]),
  'one replica': stack => deliver(stack, [deployment({ topologySpreadConstraints: undefined }, {}, { replicas: 1 })]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [deployment({ topologySpreadConstraints: undefined })]), '2 replicas have no topologySpreadConstraints'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec'];
