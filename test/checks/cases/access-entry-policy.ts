import { Aws } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'a policy of EKS': stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', AccessPolicies: [{ PolicyArn: `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`, AccessScope: { Type: 'cluster' } }] }),
  'in a namespace': stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', AccessPolicies: [{ PolicyArn: `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`, AccessScope: { Type: 'namespace', Namespaces: ['shop'] } }] }),
};

export const bad: Bad = {
  'a policy of IAM': [stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', AccessPolicies: [{ PolicyArn: `arn:${Aws.PARTITION}:iam::aws:policy/AmazonEKSClusterPolicy`, AccessScope: { Type: 'cluster' } }] }), /^"arn:\?:iam::aws:policy\/AmazonEKSClusterPolicy" is no ARN/],
  'no namespace': [stack => resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: 'arn', AccessPolicies: [{ PolicyArn: `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`, AccessScope: { Type: 'namespace' } }] }), 'the scope of AmazonEKSViewPolicy is namespace, and there is none'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['AccessPolicies'];
