import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'a port below 1024': stack => deliver(stack, [deployment({}, { securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } })]),
};

export const bad: Bad = {
  'the network of the node': [stack => deliver(stack, [deployment({}, { securityContext: { capabilities: { add: ['NET_ADMIN'] } } })]), 'adds the capability NET_ADMIN'],
  'everything': [stack => deliver(stack, [deployment({}, { securityContext: { capabilities: { add: ['ALL'] } } })]), 'ALL'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].securityContext.capabilities.add'];
