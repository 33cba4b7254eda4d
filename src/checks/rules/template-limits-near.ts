import { Check } from '../check';
import { nearlyTooLarge } from '../sizes';
import { templateSizes } from '../template-sizes';

export const TEMPLATE_LIMITS_NEAR: Check = {
  id: 'template-limits-near',
  title: 'No stack comes near the limits of CloudFormation',
  severity: 'warning',
  fix: 'Move charts or add-ons to a stack of their own; the cluster can be handed over',
  reason: 'The next few constructs are one too many.',
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  find: platform => nearlyTooLarge(templateSizes(platform)),
};
