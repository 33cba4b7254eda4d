import { Check } from '../check';
import { inObjects } from '../find';

export const NAMESPACE_QUOTA: Check = {
  id: 'namespace-quota',
  title: 'Every namespace is bounded',
  severity: 'warning',
  optional: true,
  fix: 'Add a ResourceQuota',
  reason: 'Right for platforms with several tenants: one of them can otherwise take all capacity.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/tenant-isolation.html',
  find: platform => inObjects(platform, ['Namespace'], ({ clusterKey, manifest: { metadata } }) =>
    !platform.ofKindIn(clusterKey, 'ResourceQuota').some(({ manifest: quota }) => quota.metadata?.namespace === metadata?.name)
    && ['', 'it has no ResourceQuota']),
};
