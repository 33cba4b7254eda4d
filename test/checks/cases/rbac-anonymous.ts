import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a group': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'team' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name: 'team' }] }]),
};

export const bad: Bad = {
  everybody: [stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'team' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'Group', name: 'system:unauthenticated' }] }]), 'system:unauthenticated is bound'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['subjects'];
