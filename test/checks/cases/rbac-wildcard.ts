import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'some resources': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['*'] }] }]),
};

export const bad: Bad = {
  everything: [stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }]), 'every verb is allowed on every resource'],
};
