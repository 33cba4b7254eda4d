import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a type': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'LoadBalancer' } }]),
  'none': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [] } }]),
  'a Service of Knative': stack => deliver(stack, [{ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'x' } }]),
};

export const bad: Bad = {
  'a typo': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'Loadbalancer' } }]), '"Loadbalancer" is no type of a Service'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.type'];
