import { Check } from '../check';
import { inObjects } from '../find';
import { listOf } from '../values';

export const RBAC_CLUSTER_ADMIN: Check = {
  id: 'rbac-cluster-admin',
  title: 'No pod and no group of yours is bound to cluster-admin',
  severity: 'warning',
  fix: 'Bind a role that names what is needed; give people an access entry with AmazonEKSClusterAdminPolicy',
  reason: 'A binding in the cluster is in no list of who may do what in the account.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: platform => inObjects(platform, ['RoleBinding', 'ClusterRoleBinding'], ({ manifest: { roleRef, subjects } }) =>
    roleRef?.name === 'cluster-admin' && listOf(subjects).length > 0 && ['roleRef', `${listOf<any>(subjects).map(({ kind, name }) => `${kind} "${name}"`).join(', ')} has cluster-admin`]),
};
