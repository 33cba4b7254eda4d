import { Bad, Good, nodeGroup } from '../fixtures';

export const good: Good = {
  'three types': stack => nodeGroup(stack, { CapacityType: 'SPOT', InstanceTypes: ['m7i.large', 'm6i.large', 'm5.large'] }),
  'on demand': stack => nodeGroup(stack, { InstanceTypes: ['m7i.large'] }),
  'what EKS chooses, on demand': stack => nodeGroup(stack),
};

export const bad: Bad = {
  'one type': [stack => nodeGroup(stack, { CapacityType: 'SPOT', InstanceTypes: ['m7i.large'] }), 'CapacityType is SPOT with 1 instance type'],
  'two types': [stack => nodeGroup(stack, { CapacityType: 'SPOT', InstanceTypes: ['m7i.large', 'm6i.large'] }), /SPOT with 2 instance types$/],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['InstanceTypes'];
