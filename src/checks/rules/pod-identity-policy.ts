import { Check } from '../check';
import { inResources } from '../find';
import { isTrue, parseJson } from '../values';

export const POD_IDENTITY_POLICY: Check = {
  id: 'pod-identity-policy',
  title: 'The policy of a Pod Identity association is JSON, with its session tags off',
  severity: 'error',
  fix: 'Give the JSON of a policy, and DisableSessionTags true',
  reason: 'EKS refuses others.',
  link: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html',
  find: platform => inResources(platform, ['AWS::EKS::PodIdentityAssociation'], ({ properties: { Policy: policy, DisableSessionTags: off } }) => {
    if (typeof policy === 'string' && typeof parseJson(policy) !== 'object') {
      return ['Policy', `"${policy}" is not the JSON of a policy`];
    }
    return policy !== undefined && !isTrue(off) && ['DisableSessionTags', `a policy is given, and DisableSessionTags is ${off ?? 'not given'}`];
  }),
};
