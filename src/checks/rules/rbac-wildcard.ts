import { Check } from '../check';
import { inObjects } from '../find';

export const RBAC_WILDCARD: Check = {
  id: 'rbac-wildcard',
  title: 'No role of yours allows everything',
  severity: 'warning',
  fix: 'Name the resources and verbs that are needed',
  reason: 'Whoever is bound to it is an administrator by another name.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: platform => inObjects(platform, ['Role', 'ClusterRole'], ({ manifest: { rules = [] } }) => {
    const all = rules.findIndex((rule: any) => rule.verbs?.includes('*') && (rule.resources?.includes('*') || rule.apiGroups?.includes('*')));
    return all >= 0 && [`rules[${all}]`, 'every verb is allowed on every resource'];
  }),
};
