import { Platform } from './platform';
import { resourcesOf } from './resource';
import { Size } from './sizes';

/** Sizes of the templates, as CloudFormation counts them. */
export function templateSizes({ templates }: Platform): Size[] {
  return templates.flatMap(template => {
    const resources = resourcesOf(template);
    const { Parameters: parameters = {}, Outputs: outputs = {} } = template.content;
    return ([
      ['resources', resources.length, 500],
      ['bytes', template.size, 1_000_000],
      ['parameters', Object.keys(parameters).length, 200],
      ['outputs', Object.keys(outputs).length, 200],
    ] as const).map(([what, size, limit]) => ({
      resource: resources[0], location: 'Resources', message: `stack ${template.path} has ${size} ${what} of ${limit}`, size, limit,
    }));
  });
}
