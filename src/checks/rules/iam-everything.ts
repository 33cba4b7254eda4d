import { Check } from '../check';
import { inResources } from '../find';
import { listOf, textOf } from '../values';

/** In the trust policy of roles for pods and nodes: people and pipelines may be administrators. */
const FOR_PODS = /pods\.eks\.amazonaws\.com|system:serviceaccount:|ec2\.amazonaws\.com/;

export const IAM_EVERYTHING: Check = {
  id: 'iam-everything',
  title: 'No policy allows everything',
  severity: 'warning',
  fix: 'Name the actions and resources that are needed',
  reason: 'Such a policy in the hands of a pod is the account in the hands of whoever breaks into it.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find(platform) {
    for (const { resource, location, allows, actions, notActions, resources } of platform.statements) {
      const all = actions.find(action => /^\*(:\*)?$/.test(String(action))) ?? (notActions.length > 0 ? 'everything else' : undefined);
      if (allows && all && resources.includes('*')) {
        yield { resource, location, message: `${all} is allowed on every resource` };
      }
    }
    yield* inResources(platform, ['AWS::IAM::Role'], ({ properties }) =>
      FOR_PODS.test(JSON.stringify(properties.AssumeRolePolicyDocument)) && listOf(properties.ManagedPolicyArns).some(arn => /:policy\/AdministratorAccess$/.test(textOf(arn) ?? ''))
      && ['ManagedPolicyArns', 'AdministratorAccess allows * on every resource']);
  },
};
