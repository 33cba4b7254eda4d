import { Check } from '../check';
import { listOf } from '../values';

export const POD_IDENTITY_TRUST: Check = {
  id: 'pod-identity-trust',
  title: 'The role of a Pod Identity association trusts Pod Identity',
  severity: 'error',
  fix: 'Let pods.eks.amazonaws.com do sts:AssumeRole and sts:TagSession',
  reason: 'The pod gets AccessDenied where it should get credentials.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::PodIdentityAssociation')) {
      const role = platform.target(resource.properties.RoleArn, resource.template);
      if (role?.type !== 'AWS::IAM::Role') {
        continue;
      }
      const statements = listOf<any>(role.properties.AssumeRolePolicyDocument?.Statement)
        .filter(({ Principal: principal }) => listOf(principal?.Service).includes('pods.eks.amazonaws.com'));
      const actions = statements.flatMap(({ Action: action }) => listOf<string>(action));
      const missing = ['sts:AssumeRole', 'sts:TagSession'].filter(action => !actions.includes(action) && !actions.includes('sts:*'));
      if (missing.length > 0) {
        yield { resource, location: 'RoleArn', message: `the trust policy of ${role.path} does not allow pods.eks.amazonaws.com ${missing.join(' and ')}` };
      }
    }
  },
};
