import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'people with a policy': stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', AccessPolicies: [{ PolicyArn: 'arn', AccessScope: { Type: 'cluster' } }] }),
  'nodes without one': stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', Type: 'EC2_LINUX' }),
};

export const bad: Bad = {
  'nodes with a policy': [stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', Type: 'EC2_LINUX', AccessPolicies: [{ PolicyArn: 'arn', AccessScope: { Type: 'cluster' } }] }), 'type is EC2_LINUX, with AccessPolicies'],
  'nodes in a group': [stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', Type: 'EC2_LINUX', KubernetesGroups: ['team'] }), 'with KubernetesGroups'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Type'];
