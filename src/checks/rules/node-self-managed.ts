import { Check } from '../check';
import { inResources } from '../find';
import { listOf, textOf } from '../values';

export const NODE_SELF_MANAGED: Check = {
  id: 'node-self-managed',
  title: 'EKS manages the nodes',
  severity: 'warning',
  optional: true,
  fix: 'Use a managed node group, Karpenter or Auto Mode',
  reason: 'Nobody drains the nodes of such a group when it is updated.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cas.html',
  find: platform => inResources(platform, ['AWS::AutoScaling::AutoScalingGroup'], ({ properties }) =>
    listOf<any>(properties.Tags).some(({ Key: key }: any) => textOf(key)?.startsWith('kubernetes.io/cluster/'))
    && ['Tags', 'kubernetes.io/cluster/NAME is on an Auto Scaling group of its own']),
};
