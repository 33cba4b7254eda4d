import { Check } from '../check';
import { inResources } from '../find';
import { known } from '../values';

export const NODE_SCALING: Check = {
  id: 'node-scaling',
  title: 'A node group has sizes that fit each other',
  severity: 'error',
  fix: 'Let MinSize be at most DesiredSize, and that at most MaxSize',
  reason: 'EKS refuses other sizes.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/create-managed-node-group.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], ({ properties }) => {
    const { MinSize: min = 1, MaxSize: max = 2, DesiredSize: desired } = properties.ScalingConfig ?? {};
    const sizes = [min, desired, max].filter(size => size !== undefined && known(size) !== undefined).map(Number);
    return (sizes.some((size, i) => size > (sizes[i + 1] ?? size)) || Number(max) < 1)
      && ['ScalingConfig', `MinSize is ${min}, DesiredSize ${desired ?? 'not given'}, MaxSize ${max}`];
  }),
};
