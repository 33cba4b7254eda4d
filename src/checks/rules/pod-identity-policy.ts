import { Check } from '../check';

export const POD_IDENTITY_POLICY: Check = {
  id: 'pod-identity-policy',
  title: 'The policy of a Pod Identity association is JSON, with its session tags off',
  severity: 'error',
  fix: 'Give the JSON of a policy, and DisableSessionTags true',
  reason: 'EKS refuses others.',
  link: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::PodIdentityAssociation')) {
      const { Policy: policy, DisableSessionTags: off } = resource.properties;
      if (typeof policy === 'string' && !isObject(policy)) {
        yield { resource, location: 'Policy', message: `"${policy}" is not the JSON of a policy` };
      } else if (policy !== undefined && String(off) !== 'true') {
        yield { resource, location: 'DisableSessionTags', message: `a policy is given, and DisableSessionTags is ${off ?? 'not given'}` };
      }
    }
  },
};

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
