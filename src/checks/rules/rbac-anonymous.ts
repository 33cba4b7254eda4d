import { Check } from '../check';
import { inObjects } from '../find';
import { listOf } from '../values';

export const RBAC_ANONYMOUS: Check = {
  id: 'rbac-anonymous',
  title: 'Nobody without a name has rights',
  severity: 'error',
  fix: 'Bind groups of your own',
  reason: 'Everybody who reaches the endpoint is in these groups.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: platform => inObjects(platform, ['RoleBinding', 'ClusterRoleBinding'], ({ manifest: { subjects } }) => {
    const subject = listOf<any>(subjects).find(({ name }: any) => ['system:anonymous', 'system:unauthenticated'].includes(name));
    return subject && ['subjects', `${subject.name} is bound`];
  }),
};
