import { Check } from '../check';
import { inResources } from '../find';

const FIXED = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'];

export const ACCESS_ENTRY_TYPE: Check = {
  id: 'access-entry-type',
  title: 'An access entry has policies only where its type takes some',
  severity: 'error',
  fix: 'Leave AccessPolicies and KubernetesGroups out, or give type STANDARD',
  reason: 'EKS fixes the permissions of entries for nodes, and refuses others.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  find: platform => inResources(platform, ['AWS::EKS::AccessEntry'], ({ properties }) => {
    const { Type: type = 'STANDARD', AccessPolicies: policies, KubernetesGroups: groups } = properties;
    return FIXED.includes(type) && (policies?.length || groups?.length)
      && ['Type', `type is ${type}, with ${policies?.length ? 'AccessPolicies' : 'KubernetesGroups'}`];
  }),
};
