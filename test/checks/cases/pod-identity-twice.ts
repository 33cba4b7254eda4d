import { Fn, Stack } from 'aws-cdk-lib';
import { Bad, Good, resource } from '../fixtures';

const associate = (stack: Stack, id: string, account: any) =>
  resource(stack, id, 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: account, RoleArn: 'arn' });

export const good: Good = {
  'one': stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }),
  'another service account': stack => [resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), resource(stack, 'Other', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'api', RoleArn: 'arn' })],
  'accounts that the deployment knows, by different references': stack => [associate(stack, 'Association', Fn.importValue('web')), associate(stack, 'Other', Fn.importValue('api'))],
};

export const bad: Bad = {
  two: [stack => [resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), resource(stack, 'Other', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn2' })], 'Stack/Association is an association of "shop/web" too'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ServiceAccount'];
