import { Check } from '../check';
import { inObjects } from '../find';

export const KARPENTER_POOL_LIMITS: Check = {
  id: 'karpenter-pool-limits',
  title: 'A node pool is bounded',
  severity: 'warning',
  fix: 'Set spec.limits.cpu',
  reason: 'A workload that goes wild buys instances until the quota of the account is used up.',
  link: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  find: platform => inObjects(platform, ['NodePool'], ({ manifest: { apiVersion, spec } }) =>
    /^karpenter\.sh\//.test(apiVersion) && spec?.replicas === undefined && !spec?.limits?.cpu && !spec?.limits?.nodes && ['spec.limits', 'there is no limit of cpu']),
};
