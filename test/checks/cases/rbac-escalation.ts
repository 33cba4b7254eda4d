import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'what is read': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['get'] }] }]),
  'one role by its name': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], resourceNames: ['view'], verbs: ['bind'] }] }]),
};

export const bad: Bad = {
  impersonation: [stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }] }]), 'impersonate is allowed on users'],
};
