import { Check } from '../check';
import { inResources } from '../find';
import { known } from '../values';

export const NODE_NAME: Check = {
  id: 'node-name',
  title: 'The name of a node group has at most 63 characters',
  severity: 'error',
  fix: 'Give a shorter name, or none',
  reason: 'EKS refuses a longer one.',
  link: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], ({ properties }) => {
    const name = known<string>(properties.NodegroupName) ?? '';
    return name.length > 63 && ['NodegroupName', `"${name}" has ${name.length} characters`];
  }),
};
