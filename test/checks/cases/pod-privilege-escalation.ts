import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'it is off': stack => deliver(stack, [deployment()]),
  'a pod on Windows': stack => deliver(stack, [deployment({ os: { name: 'windows' } }, { securityContext: {} })]),
  'a pod that asks for nodes with Windows': stack => deliver(stack, [deployment({ nodeSelector: { 'kubernetes.io/os': 'windows' }, securityContext: {} }, { securityContext: {} })]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [deployment({}, { securityContext: {} })]), 'of container "web" is not set'],
  'it is on': [stack => deliver(stack, [deployment({}, { securityContext: { allowPrivilegeEscalation: true } })]), 'is true'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation'];
