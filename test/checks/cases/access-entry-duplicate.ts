import { Aws } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'two principals': stack => [resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: `arn:${Aws.PARTITION}:iam::111122223333:role/a` }), resource(stack, 'B', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: `arn:${Aws.PARTITION}:iam::111122223333:role/b` })],
  'two clusters': stack => [resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: `arn:${Aws.PARTITION}:iam::111122223333:role/a` }), resource(stack, 'B', 'AWS::EKS::AccessEntry', { ClusterName: 'other', PrincipalArn: `arn:${Aws.PARTITION}:iam::111122223333:role/a` })],
};

export const bad: Bad = {
  'the same principal': [stack => [resource(stack, 'A', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: `arn:${Aws.PARTITION}:iam::111122223333:role/a` }), resource(stack, 'B', 'AWS::EKS::AccessEntry', { ClusterName: 'platform', PrincipalArn: `arn:${Aws.PARTITION}:iam::111122223333:role/a` })], 'Stack/A is an entry for the same principal'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['PrincipalArn'];
