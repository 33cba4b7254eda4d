import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'one': stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }),
  'another service account': stack => [resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), resource(stack, 'Other', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'api', RoleArn: 'arn' })],
};

export const bad: Bad = {
  two: [stack => [resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), resource(stack, 'Other', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn2' })], 'Stack/Association is an association of "shop/web" too'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ServiceAccount'];
