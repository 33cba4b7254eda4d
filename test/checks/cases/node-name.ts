import { Bad, Good, nodeGroup } from '../fixtures';

export const good: Good = {
  'none': stack => nodeGroup(stack),
  'as long as may be': stack => nodeGroup(stack, { NodegroupName: 'n'.repeat(63) }),
  'one that the deployment knows': stack => nodeGroup(stack, { NodegroupName: stack.stackId }),
};

export const bad: Bad = {
  longer: [stack => nodeGroup(stack, { NodegroupName: 'n'.repeat(64) }), /^"n{64}" has 64 characters$/],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['NodegroupName'];
