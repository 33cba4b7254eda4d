import { Check } from '../check';
import { policySizes } from '../policy-sizes';
import { nearlyTooLarge } from '../sizes';

export const POLICY_SIZE_NEAR: Check = {
  id: 'policy-size-near',
  title: 'No policy comes near the size that IAM refuses',
  severity: 'warning',
  fix: 'Split it into several managed policies, or name resources by pattern',
  reason: 'One more statement, or a longer name of a cluster, and the deployment fails.',
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  find: platform => nearlyTooLarge(policySizes(platform)),
};
