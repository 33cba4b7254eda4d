import { launchTemplateOf } from './launch-template';
import type { Platform } from './platform';
import type { Resource } from './resource';
import { knownItems, listOf, textOf } from './values';

/** Managed node groups, and Auto Scaling groups that are tagged as some of a cluster. */
export function nodeGroups(platform: Platform): Resource[] {
  return [
    ...platform.ofType('AWS::EKS::Nodegroup'),
    ...platform.ofType('AWS::AutoScaling::AutoScalingGroup').filter(({ properties }) =>
      listOf<any>(properties.Tags).some(({ Key: key }) => /^(kubernetes\.io\/cluster\/|eks:cluster-name)/.test(textOf(key) ?? ''))),
  ];
}

/** The instance types of a managed node group that are known at synth: its own, or that of its launch template. */
export function instanceTypesOf(platform: Platform, group: Resource): string[] {
  const types = group.properties.InstanceTypes ?? launchTemplateOf(platform, group)?.properties.LaunchTemplateData?.InstanceType;
  return knownItems<any>(listOf(types)).filter(type => typeof type === 'string');
}
