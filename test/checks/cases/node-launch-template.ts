import { Fn } from 'aws-cdk-lib';
import { Bad, Good, nodeGroup, template } from '../fixtures';

export const good: Good = {
  'a disk without a template': stack => nodeGroup(stack, { DiskSize: 50 }),
  'a template alone': stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { ImageId: Fn.importValue('ami') }) } }),
};

export const bad: Bad = {
  'a disk with a template': [stack => nodeGroup(stack, { DiskSize: 50, LaunchTemplate: { Id: 'lt-1' } }), 'DiskSize is given together with a launch template'],
  'types in both': [stack => nodeGroup(stack, { InstanceTypes: ['m7i.large'], LaunchTemplate: { Id: template(stack, { InstanceType: 'm7i.large' }) } }), 'InstanceTypes is given together with an instance type in the launch template'],
  'an image and a type of image': [stack => nodeGroup(stack, { AmiType: 'AL2023_x86_64_STANDARD', LaunchTemplate: { Id: template(stack, { ImageId: 'ami-1' }) } }), 'AmiType is AL2023_x86_64_STANDARD and the launch template has an ImageId'],
  'a role in both': [stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { IamInstanceProfile: { Name: 'nodes' } }) } }), 'its launch template has IamInstanceProfile: NodeRole says that'],
  'Spot in the template': [stack => nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { InstanceMarketOptions: { MarketType: 'spot' } }) } }), 'its launch template has InstanceMarketOptions: CapacityType says that'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['DiskSize', 'InstanceTypes', 'AmiType', 'LaunchTemplate'];
