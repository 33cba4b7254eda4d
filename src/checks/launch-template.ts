import type { Platform } from './platform';
import type { Resource } from './resource';

/** The launch template of a node group or Auto Scaling group, where the app makes it. */
export function launchTemplateOf(platform: Platform, { properties, template }: Resource): Resource | undefined {
  const specification = properties.LaunchTemplate ?? properties.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  const id = specification?.Id ?? specification?.LaunchTemplateId ?? specification?.Name ?? specification?.LaunchTemplateName;
  return platform.target(id, template)
    ?? platform.ofType('AWS::EC2::LaunchTemplate').find(other => typeof id === 'string' && other.properties.LaunchTemplateName === id);
}
