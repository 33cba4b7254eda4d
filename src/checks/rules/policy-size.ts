import { Check } from '../check';
import { policySizes } from '../policy-sizes';
import { tooLarge } from '../sizes';

export const POLICY_SIZE: Check = {
  id: 'policy-size',
  title: 'No policy is longer than IAM takes',
  severity: 'error',
  fix: 'Split it into several managed policies, or name resources by pattern',
  reason: 'IAM refuses it at the deployment; what only the deployment knows is counted with a usual length.',
  link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  find: platform => tooLarge(policySizes(platform)),
};
