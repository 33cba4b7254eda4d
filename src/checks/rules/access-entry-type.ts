import { Check } from '../check';

const FIXED = ['EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'];

export const ACCESS_ENTRY_TYPE: Check = {
  id: 'access-entry-type',
  title: 'An access entry has policies only where its type takes some',
  severity: 'error',
  fix: 'Leave AccessPolicies and KubernetesGroups out, or give type STANDARD',
  reason: 'EKS fixes the permissions of entries for nodes, and refuses others.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::AccessEntry')) {
      const { Type: type = 'STANDARD', AccessPolicies: policies, KubernetesGroups: groups } = resource.properties;
      if (FIXED.includes(type) && (policies?.length || groups?.length)) {
        yield { resource, location: 'Type', message: `type is ${type}, with ${policies?.length ? 'AccessPolicies' : 'KubernetesGroups'}` };
      }
    }
  },
};
