import { platformOf } from './fixtures';
import { launchTemplateOf } from '../../src/checks/launch-template';

const REF = { Ref: 'Template' };

test.each<[string, any, string | undefined]>([
  ['a node group', { LaunchTemplate: { Id: REF } }, 'Template'],
  ['a node group, by name', { LaunchTemplate: { Name: REF } }, 'Template'],
  ['an Auto Scaling group', { LaunchTemplate: { LaunchTemplateId: REF } }, 'Template'],
  ['an Auto Scaling group, by name', { LaunchTemplate: { LaunchTemplateName: REF } }, 'Template'],
  ['an Auto Scaling group of several instance types', { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: REF } } } }, 'Template'],
  ['an Auto Scaling group without one', { MixedInstancesPolicy: { InstancesDistribution: {} } }, undefined],
  ['a node group with one that exists', { LaunchTemplate: { Id: 'lt-1' } }, undefined],
  ['a node group without one', {}, undefined],
])('the launch template of %s', (_, Properties, id) => {
  const platform = platformOf({ Resources: { Nodes: { Type: 'AWS::EKS::Nodegroup', Properties }, Template: { Type: 'AWS::EC2::LaunchTemplate' } } });
  expect(launchTemplateOf(platform, platform.resources[0])?.logicalId).toBe(id);
});
