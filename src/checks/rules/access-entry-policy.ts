import { Check } from '../check';
import { listOf, textOf, TOKEN } from '../values';

export const ACCESS_ENTRY_POLICY: Check = {
  id: 'access-entry-policy',
  title: 'Access policies are those of EKS, and say where they hold',
  severity: 'error',
  fix: 'Give the ARN of a policy that `aws eks list-access-policies` lists; with the scope namespace, name some',
  reason: 'EKS refuses others.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::AccessEntry')) {
      for (const { PolicyArn: arn, AccessScope: scope } of listOf<any>(resource.properties.AccessPolicies)) {
        const text = textOf(arn);
        if (text !== undefined && !/:eks::aws:cluster-access-policy\/[A-Za-z]+$/.test(text) && !text.endsWith(TOKEN)) {
          yield { resource, location: 'AccessPolicies', message: `"${text.replaceAll(TOKEN, '?')}" is no ARN of an access policy` };
        } else if (scope?.Type === 'namespace' && !scope.Namespaces?.length) {
          yield { resource, location: 'AccessPolicies', message: `the scope of ${(text ?? '').split('/').pop()} is namespace, and there is none` };
        }
      }
    }
  },
};
