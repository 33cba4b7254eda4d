import { Bad, Good, nodeGroup } from '../fixtures';

export const good: Good = {
  'three types': stack => nodeGroup(stack, { CapacityType: 'SPOT', InstanceTypes: ['m7i.large', 'm6i.large', 'm5.large'] }),
  'on demand': stack => nodeGroup(stack, { InstanceTypes: ['m7i.large'] }),
};

export const bad: Bad = {
  'one type': [stack => nodeGroup(stack, { CapacityType: 'SPOT', InstanceTypes: ['m7i.large'] }), 'CapacityType is SPOT with 1 instance type'],
};
