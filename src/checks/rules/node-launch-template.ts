import { Check } from '../check';
import { launchTemplateOf } from '../launch-template';
import { known } from '../values';

/** What EKS takes from the node group alone. */
const SAID_BY_GROUP: { [property: string]: string } = { IamInstanceProfile: 'NodeRole', InstanceMarketOptions: 'CapacityType' };

export const NODE_LAUNCH_TEMPLATE: Check = {
  id: 'node-launch-template',
  title: 'What a launch template says is not said again',
  severity: 'error',
  fix: 'Say it in one place: role and Spot in the node group, disks, image and instance type in the launch template',
  reason: 'EKS refuses a node group that has both.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const data = launchTemplateOf(platform, resource)?.properties.LaunchTemplateData ?? {};
      const twice = [
        ['DiskSize', resource.properties.LaunchTemplate],
        ['RemoteAccess', resource.properties.LaunchTemplate],
        ['InstanceTypes', data.InstanceType],
      ].find(([property, other]) => resource.properties[property] !== undefined && other !== undefined);
      if (twice) {
        yield { resource, location: twice[0], message: `${twice[0]} is given together with ${twice[0] === 'InstanceTypes' ? 'an instance type in the' : 'a'} launch template` };
      }
      const [said, by] = Object.entries(SAID_BY_GROUP).find(([property]) => data[property] !== undefined) ?? [];
      if (said) {
        yield { resource, location: 'LaunchTemplate', message: `its launch template has ${said}: ${by} says that` };
      }
      if (data.ImageId !== undefined && known(resource.properties.AmiType) !== undefined && resource.properties.AmiType !== 'CUSTOM') {
        yield { resource, location: 'AmiType', message: `AmiType is ${resource.properties.AmiType} and the launch template has an ImageId` };
      }
    }
  },
};
