import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a registry': stack => deliver(stack, [deployment()]),
  'a registry with a port': stack => deliver(stack, [deployment({}, { image: 'registry:5000/web:1' })]),
};

export const bad: Bad = {
  'a short name': [stack => deliver(stack, [deployment({}, { image: 'nginx:1.27' })]), 'comes from Docker Hub'],
  'an account of Docker Hub': [stack => deliver(stack, [deployment({}, { image: 'bitnami/nginx:1.27' })]), 'comes from Docker Hub'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].image'];
