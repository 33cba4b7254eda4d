import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'the pod says who': stack => deliver(stack, [deployment()]),
  'the container says who': stack => deliver(stack, [deployment({ securityContext: {} }, { securityContext: { runAsUser: 1000 } })]),
  'a pod on Windows': stack => deliver(stack, [deployment({ os: { name: 'windows' }, securityContext: {} })]),
};

export const bad: Bad = {
  'nobody says who': [stack => deliver(stack, [deployment({ securityContext: {} })]), 'runAsNonRoot is not true'],
  'root by number': [stack => deliver(stack, [deployment({}, { securityContext: { runAsUser: 0 } })]), 'has runAsUser 0'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].securityContext'];
