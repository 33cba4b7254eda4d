import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a quota': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'all', namespace: 'shop' }, spec: { hard: { pods: '10' } } }]),
};

export const bad: Bad = {
  none: [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]), 'it has no ResourceQuota'],
};
