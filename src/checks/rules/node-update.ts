import { Check } from '../check';

export const NODE_UPDATE: Check = {
  id: 'node-update',
  title: 'A node group says once how many nodes an update takes',
  severity: 'error',
  fix: 'Give MaxUnavailable or MaxUnavailablePercentage',
  reason: 'EKS refuses both together.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const { MaxUnavailable: nodes, MaxUnavailablePercentage: percent } = resource.properties.UpdateConfig ?? {};
      if (nodes !== undefined && percent !== undefined) {
        yield { resource, location: 'UpdateConfig', message: `MaxUnavailable is ${nodes} and MaxUnavailablePercentage ${percent}` };
      }
    }
  },
};
