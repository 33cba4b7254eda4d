import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  restricted: stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]), 'pod-security.kubernetes.io/enforce is not set'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['metadata.labels'];
