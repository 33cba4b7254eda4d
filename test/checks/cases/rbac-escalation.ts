import { Bad, Good, deliver } from '../fixtures';

const role = (...rules: any[]) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'team', namespace: 'team' }, rules });

export const good: Good = {
  'what is read': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['get'] }] }]),
  'one role by its name': stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], resourceNames: ['view'], verbs: ['bind'] }] }]),
  'no rules': stack => deliver(stack, [role()]),
  'rules that are null': stack => deliver(stack, [{ ...role(), rules: null }]),
  'tokens of one account': stack => deliver(stack, [role({ apiGroups: [''], resources: ['serviceaccounts/token'], resourceNames: ['web'], verbs: ['create'] })]),
};

export const bad: Bad = {
  'impersonation': [stack => deliver(stack, [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'team' }, rules: [{ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }] }]), 'impersonate is allowed on users'],
  'binding any role, among other verbs': [stack => deliver(stack, [role({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'clusterroles'], verbs: ['get', 'bind'] })]), 'bind is allowed on roles, clusterroles'],
  'escalation': [stack => deliver(stack, [role({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['escalate'] })]), 'escalate is allowed on roles'],
  'tokens of any account': [stack => deliver(stack, [role({ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] })]), 'create is allowed on serviceaccounts/token'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['rules[0]'];
