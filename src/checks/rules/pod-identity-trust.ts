import { Check } from '../check';
import { inResources } from '../find';
import { listOf } from '../values';

export const POD_IDENTITY_TRUST: Check = {
  id: 'pod-identity-trust',
  title: 'The role of a Pod Identity association trusts Pod Identity',
  severity: 'error',
  fix: 'Let pods.eks.amazonaws.com do sts:AssumeRole and sts:TagSession',
  reason: 'The pod gets AccessDenied where it should get credentials.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html',
  find: platform => inResources(platform, ['AWS::EKS::PodIdentityAssociation'], ({ properties, template }) => {
    const role = platform.target(properties.RoleArn, template);
    const statements = listOf<any>(role?.properties.AssumeRolePolicyDocument?.Statement)
      .filter(({ Principal: principal }) => listOf(principal?.Service).includes('pods.eks.amazonaws.com'));
    const actions = statements.flatMap(({ Action: action }) => listOf<string>(action));
    const missing = ['sts:AssumeRole', 'sts:TagSession'].filter(action => !actions.includes(action) && !actions.includes('sts:*'));
    return role?.type === 'AWS::IAM::Role' && missing.length > 0
      && ['RoleArn', `the trust policy of ${role.path} does not allow pods.eks.amazonaws.com ${missing.join(' and ')}`];
  }),
};
