import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a root that is read only': stack => deliver(stack, [deployment()]),
  'a pod that asks for nodes with Windows': stack => deliver(stack, [deployment({ nodeSelector: { 'kubernetes.io/os': 'windows' }, securityContext: {} }, { securityContext: {} })]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [deployment({}, { securityContext: {} })]), 'of container "web" is writable'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem'];
