import { Check } from '../check';
import { inObjects } from '../find';
import { listOf } from '../values';

const ESCALATING = ['escalate', 'bind', 'impersonate'];

export const RBAC_ESCALATION: Check = {
  id: 'rbac-escalation',
  title: 'No role lets its holder give itself more',
  severity: 'warning',
  fix: 'Leave out escalate, bind and impersonate, and the creation of tokens',
  reason: 'Each of these verbs is all rights of the cluster in one more step.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: platform => inObjects(platform, ['Role', 'ClusterRole'], ({ manifest: { rules } }) => {
    const all = listOf<any>(rules);
    const index = all.findIndex(({ resourceNames, resources, verbs }) => resourceNames === undefined
      && (listOf(verbs).some(verb => ESCALATING.includes(verb)) || (listOf(verbs).includes('create') && listOf(resources).includes('serviceaccounts/token'))));
    return index >= 0 && [`rules[${index}]`, `${listOf(all[index].verbs).join(', ')} is allowed on ${listOf(all[index].resources).join(', ')}`];
  }),
};
