import { Check } from '../check';
import { tooLarge } from '../sizes';
import { templateSizes } from '../template-sizes';

export const TEMPLATE_LIMITS: Check = {
  id: 'template-limits',
  title: 'No stack is larger than CloudFormation takes',
  severity: 'error',
  fix: 'Move charts or add-ons to a stack of their own; the cluster can be handed over',
  reason: 'CloudFormation takes 500 resources, 200 parameters, 200 outputs and 1 MB a stack.',
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  find: platform => tooLarge(templateSizes(platform)),
};
