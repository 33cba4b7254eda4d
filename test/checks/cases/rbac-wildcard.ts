import { Bad, Good, deliver } from '../fixtures';

const role = (...rules: any[]) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'team', namespace: 'team' }, rules });

export const good: Good = {
  'some resources': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['*'] }] }]),
  'some verbs on everything': stack => deliver(stack, [role({ apiGroups: ['*'], resources: ['*'], verbs: ['get'] })]),
};

export const bad: Bad = {
  'everything': [stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }]), 'every verb is allowed on every resource'],
  'all of one group': [stack => deliver(stack, [role({ apiGroups: ['apps'], resources: ['*'], verbs: ['*'] })]), 'every verb is allowed on every resource of "apps"'],
  'some of all groups': [stack => deliver(stack, [role({ apiGroups: ['*'], resources: ['secrets'], verbs: ['*'] })]), 'every verb is allowed on secrets'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['rules[0]'];
