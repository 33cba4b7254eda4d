import { Check } from '../check';

export const IAM_EVERYTHING: Check = {
  id: 'iam-everything',
  title: 'No policy allows everything',
  severity: 'warning',
  fix: 'Name the actions and resources that are needed',
  reason: 'Such a policy in the hands of a pod is the account in the hands of whoever breaks into it.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find({ statements }) {
    for (const { resource, location, allows, actions, notActions, resources } of statements) {
      const all = actions.find(action => action === '*') ?? (notActions.length > 0 ? 'everything else' : undefined);
      if (allows && all && resources.includes('*')) {
        yield { resource, location, message: `${all} is allowed on every resource` };
      }
    }
  },
};
