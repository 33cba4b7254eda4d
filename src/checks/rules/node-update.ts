import { Check } from '../check';
import { inResources } from '../find';

export const NODE_UPDATE: Check = {
  id: 'node-update',
  title: 'A node group says once how many nodes an update takes',
  severity: 'error',
  fix: 'Give MaxUnavailable or MaxUnavailablePercentage',
  reason: 'EKS refuses both together.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], ({ properties }) => {
    const { MaxUnavailable: nodes, MaxUnavailablePercentage: percent } = properties.UpdateConfig ?? {};
    return nodes !== undefined && percent !== undefined && ['UpdateConfig', `MaxUnavailable is ${nodes} and MaxUnavailablePercentage ${percent}`];
  }),
};
