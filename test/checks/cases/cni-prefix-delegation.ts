import { Bad, Good, cluster, resource, nodeGroup } from '../fixtures';

export const good: Good = {
  'Nitro': stack => [cluster(stack), resource(stack, 'Cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni', ConfigurationValues: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: 'true' } }) }), nodeGroup(stack, { InstanceTypes: ['m7i.large'] })],
  'no prefixes': stack => [cluster(stack), nodeGroup(stack, { InstanceTypes: ['m4.large'] })],
};

export const bad: Bad = {
  'an older type': [stack => [cluster(stack), resource(stack, 'Cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni', ConfigurationValues: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: 'true' } }) }), nodeGroup(stack, { InstanceTypes: ['m4.large'] })], 'm4.large is not of the Nitro system, and Stack/Cni delegates prefixes'],
};
