import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'containers without a word on it': stack => deliver(stack, [deployment()]),
  'containers that say they are not': stack => deliver(stack, [deployment({}, { securityContext: { privileged: false } })]),
};

export const bad: Bad = {
  'a privileged container': [stack => deliver(stack, [deployment({}, { securityContext: { privileged: true } })]), 'container "web" is privileged'],
  'a privileged init container': [
    stack => deliver(stack, [deployment({ initContainers: [{ name: 'setup', image: 'a:1', securityContext: { privileged: true } }] })]),
    'container "setup" is privileged',
  ],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [
  'spec.template.spec.containers[0].securityContext.privileged',
  'spec.template.spec.initContainers[0].securityContext.privileged',
];
