import { Bad, Good, deliver, deployment, fargateProfile } from '../fixtures';

export const good: Good = {
  'an ordinary pod': stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment()])],
  'another namespace': stack => [fargateProfile(stack, [{ Namespace: 'other-*' }]), deliver(stack, [deployment({ hostNetwork: true })])],
  'another label': stack => [fargateProfile(stack, [{ Namespace: 'shop', Labels: [{ Key: 'fargate', Value: 'true' }] }]), deliver(stack, [deployment({ hostNetwork: true })])],
};

export const bad: Bad = {
  'the host network': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({ hostNetwork: true })])], 'it has hostNetwork, and Stack/Profile takes it to Fargate'],
  'a privileged container': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({}, { securityContext: { privileged: true } })])], 'container "web" is privileged'],
  'a GPU': [stack => [fargateProfile(stack, [{ Namespace: 'shop' }]), deliver(stack, [deployment({}, { resources: { limits: { 'nvidia.com/gpu': 1 } } })])], 'asks for an accelerator'],
  'a path of the node': [stack => [fargateProfile(stack, [{ Namespace: 'sh*' }]), deliver(stack, [deployment({ volumes: [{ name: 'log', hostPath: { path: '/var/log' } }] })])], 'volume "log" is a hostPath'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec'];
