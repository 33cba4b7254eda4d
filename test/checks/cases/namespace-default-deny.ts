import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a policy': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', namespace: 'shop' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }]),
};

export const bad: Bad = {
  'a policy for some pods': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'web', namespace: 'shop' }, spec: { podSelector: { matchLabels: { app: 'web' } } } }]), 'no NetworkPolicy denies by default'],
};
