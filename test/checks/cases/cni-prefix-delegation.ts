import { Bad, cluster, Good, nodeGroup, release, resource, template } from '../fixtures';

export const good: Good = {
  'Nitro': stack => [cluster(stack), resource(stack, 'Cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni', ConfigurationValues: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: 'true' } }) }), nodeGroup(stack, { InstanceTypes: ['m7i.large'] })],
  'no prefixes': stack => [cluster(stack), nodeGroup(stack, { InstanceTypes: ['m4.large'] })],
  'it is off, and another add-on has such a value': stack => [cluster(stack), resource(stack, 'Cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni', ConfigurationValues: '{"env":{"ENABLE_PREFIX_DELEGATION":"false"}}' }), resource(stack, 'Other', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'other', ConfigurationValues: '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}' }), nodeGroup(stack, { InstanceTypes: ['m4.large'] })],
  'another chart has such a value': stack => [cluster(stack), release(stack, 'other', { env: { ENABLE_PREFIX_DELEGATION: 'true' } }), nodeGroup(stack, { InstanceTypes: ['m4.large'] })],
};

export const bad: Bad = {
  'an older type': [stack => [cluster(stack), resource(stack, 'Cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni', ConfigurationValues: JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: 'true' } }) }), nodeGroup(stack, { InstanceTypes: ['m4.large'] })], 'm4.large is not of the Nitro system, and Stack/Cni delegates prefixes'],
  'the chart, and the type of a launch template': [stack => [cluster(stack), release(stack, 'aws-vpc-cni', { env: { ENABLE_PREFIX_DELEGATION: 'true' } }), nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { InstanceType: 'm4.large' }) } })], 'm4.large is not of the Nitro system, and Stack/Chartawsvpccni delegates prefixes'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['InstanceTypes'];
