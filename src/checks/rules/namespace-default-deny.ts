import { Check } from '../check';
import { inObjects } from '../find';
import { listOf } from '../values';

export const NAMESPACE_DEFAULT_DENY: Check = {
  id: 'namespace-default-deny',
  title: 'Every namespace denies what nobody allowed',
  severity: 'warning',
  optional: true,
  fix: 'Add a NetworkPolicy with an empty podSelector and the policy types Ingress and Egress',
  reason: 'Right for platforms with several tenants, where the CNI enforces policies.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  find: platform => inObjects(platform, ['Namespace'], ({ clusterKey, manifest: { metadata } }) =>
    !platform.ofKindIn(clusterKey, 'NetworkPolicy').some(({ manifest: policy }) => policy.metadata?.namespace === metadata?.name
      && Object.keys(policy.spec?.podSelector ?? {}).length === 0
      && ![...listOf<any>(policy.spec?.ingress), ...listOf<any>(policy.spec?.egress)].some(rule => Object.keys(rule).length === 0))
    && ['', 'no NetworkPolicy denies by default']),
};
