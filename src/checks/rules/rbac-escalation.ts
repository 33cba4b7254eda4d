import { Check } from '../check';
import { inObjects } from '../find';

export const RBAC_ESCALATION: Check = {
  id: 'rbac-escalation',
  title: 'No role lets its holder give itself more',
  severity: 'warning',
  fix: 'Leave out escalate, bind and impersonate, and the creation of tokens',
  reason: 'Each of these verbs is all rights of the cluster in one more step.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: platform => inObjects(platform, ['Role', 'ClusterRole'], ({ manifest: { rules = [] } }) => {
    const index = rules.findIndex((rule: any) => rule.resourceNames === undefined && (rule.verbs ?? []).some((verb: string) => ['escalate', 'bind', 'impersonate'].includes(verb)));
    return index >= 0 && [`rules[${index}]`, `${rules[index].verbs.join(', ')} is allowed on ${(rules[index].resources ?? []).join(', ')}`];
  }),
};
