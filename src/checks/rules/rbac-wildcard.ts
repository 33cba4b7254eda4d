import { Check } from '../check';
import { inObjects } from '../find';
import { known, listOf } from '../values';

const every = (what: string, names: any) => listOf(names).includes('*') ? `every ${what}` : listOf(names).join(', ');

export const RBAC_WILDCARD: Check = {
  id: 'rbac-wildcard',
  title: 'No role of yours allows everything',
  severity: 'warning',
  fix: 'Name the resources and verbs that are needed',
  reason: 'Whoever is bound to it is an administrator by another name.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  find: platform => inObjects(platform, ['Role', 'ClusterRole'], ({ manifest: { rules } }) => {
    const index = listOf<any>(rules).findIndex(({ verbs, resources, apiGroups }) => listOf(verbs).includes('*') && (listOf(resources).includes('*') || listOf(apiGroups).includes('*')));
    const { resources, apiGroups } = listOf<any>(rules)[index] ?? {};
    return index >= 0 && [`rules[${index}]`, `every verb is allowed on ${every('resource', resources)}${listOf(apiGroups).includes('*') ? '' : ` of ${listOf(apiGroups).map(group => `"${known(group) ?? '?'}"`).join(', ')}`}`];
  }),
};
