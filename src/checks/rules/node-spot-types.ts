import { Check } from '../check';
import { inResources } from '../find';
import { known } from '../values';

export const NODE_SPOT_TYPES: Check = {
  id: 'node-spot-types',
  title: 'Spot capacity has several types to choose from',
  severity: 'warning',
  fix: 'Give at least three instance types of the same size',
  reason: 'With one type a single interruption wave takes the whole group.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-compute.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], ({ properties: { CapacityType: capacity, InstanceTypes: types, LaunchTemplate: launchTemplate } }) =>
    known(capacity) === 'SPOT' && (types === undefined || (Array.isArray(types) && types.length < 3)) && !launchTemplate?.Overrides
    && ['InstanceTypes', `CapacityType is SPOT with ${types?.length ?? 'no'} instance type${types?.length === 1 ? '' : 's'}`]),
};
