import { Check } from '../check';
import { resourcesOf } from '../resource';

export const TEMPLATE_LIMITS: Check = {
  id: 'template-limits',
  title: 'No stack is larger than CloudFormation takes',
  severity: 'error',
  fix: 'Move charts or add-ons to a stack of their own; the cluster can be handed over',
  reason: 'CloudFormation takes 500 resources and 1 MB a stack.',
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  * find({ templates }) {
    for (const template of templates) {
      const [resource] = resourcesOf(template);
      const count = resourcesOf(template).length;
      for (const [what, size, limit] of [['resources', count, 500], ['bytes', template.size, 1_000_000]] as const) {
        if (size > limit) {
          yield { resource, location: 'Resources', message: `stack ${template.path} has ${size} ${what} of ${limit}` };
        }
      }
    }
  },
};
