import { Bad, Good, nodeGroup } from '../fixtures';

export const good: Good = {
  'sizes in their order': stack => nodeGroup(stack, { ScalingConfig: { MinSize: 1, DesiredSize: 2, MaxSize: 3 } }),
  'the sizes of EKS': stack => nodeGroup(stack, { }),
};

export const bad: Bad = {
  'a minimum above the maximum': [stack => nodeGroup(stack, { ScalingConfig: { MinSize: 3, MaxSize: 2 } }), 'MinSize is 3, DesiredSize not given, MaxSize 2'],
  'more to begin with than there may be': [stack => nodeGroup(stack, { ScalingConfig: { MinSize: 1, DesiredSize: 5, MaxSize: 3 } }), 'DesiredSize 5, MaxSize 3'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ScalingConfig'];
