import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'an ordinary pod': stack => deliver(stack, [deployment()]),
  'a system component': stack => deliver(stack, [{ ...deployment({ hostNetwork: true }), metadata: { name: 'agent', namespace: 'kube-system' } }]),
};

export const bad: Bad = {
  'the host network': [stack => deliver(stack, [deployment({ hostNetwork: true })]), 'hostNetwork is true'],
  'the host\'s processes': [stack => deliver(stack, [deployment({ hostPID: true })]), 'hostPID is true'],
};
