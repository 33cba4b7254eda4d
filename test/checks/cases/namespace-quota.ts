import { Bad, Good, deliver } from '../fixtures';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const quota = (kind: string, place: string) => ({ apiVersion: 'v1', kind, metadata: { name: 'all', namespace: place }, spec: {} });

export const good: Good = {
  'a quota': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'all', namespace: 'shop' }, spec: { hard: { pods: '10' } } }]),
};

export const bad: Bad = {
  'none': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]), 'it has no ResourceQuota'],
  'one in another namespace': [stack => deliver(stack, [namespace, quota('ResourceQuota', 'other')]), 'it has no ResourceQuota'],
  'one in another cluster': [stack => [deliver(stack, [namespace]), deliver(stack, [quota('ResourceQuota', 'shop')], 'elsewhere', 'Other')], 'it has no ResourceQuota'],
  'an object of another kind': [stack => deliver(stack, [namespace, quota('LimitRange', 'shop')]), 'it has no ResourceQuota'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [''];
