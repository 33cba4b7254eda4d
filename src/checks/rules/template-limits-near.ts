import { Check } from '../check';
import { resourcesOf } from '../resource';

export const TEMPLATE_LIMITS_NEAR: Check = {
  id: 'template-limits-near',
  title: 'No stack comes near the limits of CloudFormation',
  severity: 'warning',
  fix: 'Move charts or add-ons to a stack of their own; the cluster can be handed over',
  reason: 'The next few constructs are one too many.',
  link: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  * find({ templates }) {
    for (const template of templates) {
      const [resource] = resourcesOf(template);
      const count = resourcesOf(template).length;
      for (const [what, size, limit] of [['resources', count, 500], ['bytes', template.size, 1_000_000]] as const) {
        if (size > limit * 0.8 && size <= limit) {
          yield { resource, location: 'Resources', message: `stack ${template.path} has ${size} ${what} of ${limit}` };
        }
      }
    }
  },
};
