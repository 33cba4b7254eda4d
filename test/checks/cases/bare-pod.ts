import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a Deployment': stack => deliver(stack, [deployment()]),
};

export const bad: Bad = {
  'a pod': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'debug', namespace: 'shop' }, spec: { containers: [{ name: 'debug', image: 'debug:1' }] } }]), 'nothing starts this pod again'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec'];
