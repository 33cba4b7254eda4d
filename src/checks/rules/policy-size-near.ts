import { Check } from '../check';
import { policySizes } from '../policy-sizes';

export const POLICY_SIZE_NEAR: Check = {
  id: 'policy-size-near',
  title: 'No policy comes near the size that IAM refuses',
  severity: 'warning',
  fix: 'Split it into several managed policies, or name resources by pattern',
  reason: 'One more statement, or a longer name of a cluster, and the deployment fails.',
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  * find({ resources }) {
    for (const resource of resources) {
      for (const { location, what, size, limit } of policySizes(resource)) {
        if (size > limit * 0.8 && size <= limit) {
          yield { resource, location, message: `${what} may take ${size} of ${limit} characters` };
        }
      }
    }
  },
};
