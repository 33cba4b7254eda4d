import { Check } from '../check';
import { known } from '../values';

export const NODE_NAME: Check = {
  id: 'node-name',
  title: 'The name of a node group has at most 63 characters',
  severity: 'error',
  fix: 'Give a shorter name, or none',
  reason: 'EKS refuses a longer one.',
  link: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const name = known<string>(resource.properties.NodegroupName) ?? '';
      if (name.length > 63) {
        yield { resource, location: 'NodegroupName', message: `"${name}" has ${name.length} characters` };
      }
    }
  },
};
