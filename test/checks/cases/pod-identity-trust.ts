import { Bad, Good, resource, roleFor } from '../fixtures';

export const good: Good = {
  'both actions': stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: roleFor(stack, { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }) }),
  'a role that exists': stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }),
};

export const bad: Bad = {
  'one action': [stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: roleFor(stack, { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: 'sts:AssumeRole' }) }), 'the trust policy of Stack/Role does not allow pods.eks.amazonaws.com sts:TagSession'],
  'another service': [stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: roleFor(stack, { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }) }), 'does not allow pods.eks.amazonaws.com sts:AssumeRole and sts:TagSession'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['RoleArn'];
