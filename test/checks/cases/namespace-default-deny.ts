import { Bad, Good, deliver } from '../fixtures';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const deny = (kind: string, place: string) => ({ apiVersion: 'networking.k8s.io/v1', kind, metadata: { name: 'deny', namespace: place }, spec: { podSelector: {} } });

export const good: Good = {
  'a policy': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }]),
};

export const bad: Bad = {
  'a policy for some pods': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'web', namespace: 'shop' }, spec: { podSelector: { matchLabels: { app: 'web' } } } }]), 'no NetworkPolicy denies by default'],
  'a policy in another namespace': [stack => deliver(stack, [namespace, deny('NetworkPolicy', 'other')]), 'no NetworkPolicy denies by default'],
  'a policy in another cluster': [stack => [deliver(stack, [namespace]), deliver(stack, [deny('NetworkPolicy', 'shop')], 'elsewhere', 'Other')], 'no NetworkPolicy'],
  'an object of another kind': [stack => deliver(stack, [namespace, deny('Policy', 'shop')]), 'no NetworkPolicy'],
  'a policy that allows everything': [stack => deliver(stack, [namespace, { ...deny('NetworkPolicy', 'shop'), spec: { podSelector: {}, ingress: [{}] } }]), 'no NetworkPolicy'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [''];
