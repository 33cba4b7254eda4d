import { Bad, Good, nodeGroup } from '../fixtures';

export const good: Good = {
  nodes: stack => nodeGroup(stack, { UpdateConfig: { MaxUnavailable: 1 } }),
  percent: stack => nodeGroup(stack, { UpdateConfig: { MaxUnavailablePercentage: 33 } }),
};

export const bad: Bad = {
  both: [stack => nodeGroup(stack, { UpdateConfig: { MaxUnavailable: 1, MaxUnavailablePercentage: 33 } }), 'MaxUnavailable is 1 and MaxUnavailablePercentage 33'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['UpdateConfig'];
