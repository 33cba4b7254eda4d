import type { Platform } from './platform';
import type { Resource } from './resource';

/** The launch template of a node group or Auto Scaling group, where the app makes it. */
export function launchTemplateOf(platform: Platform, { properties, template }: Resource): Resource | undefined {
  const specification = properties.LaunchTemplate ?? properties.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  return platform.target(specification?.Id ?? specification?.LaunchTemplateId ?? specification?.Name ?? specification?.LaunchTemplateName, template);
}
