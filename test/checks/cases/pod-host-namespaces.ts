import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'an ordinary pod': stack => deliver(stack, [deployment()]),
  'a system component': stack => deliver(stack, [{ ...deployment({ hostNetwork: true }), metadata: { name: 'agent', namespace: 'kube-system' } }]),
};

export const bad: Bad = {
  'the host network': [stack => deliver(stack, [deployment({ hostNetwork: true })]), 'hostNetwork is true'],
  'the host\'s processes': [stack => deliver(stack, [deployment({ hostPID: true })]), 'hostPID is true'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.hostNetwork', 'spec.template.spec.hostPID'];
