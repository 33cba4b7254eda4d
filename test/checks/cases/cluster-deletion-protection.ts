import { Bad, Good, cluster } from '../fixtures';

export const good: Good = {
  'it is on': stack => cluster(stack, { DeletionProtection: true }),
};

export const bad: Bad = {
  'nothing is said': [stack => cluster(stack), 'DeletionProtection is off'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['DeletionProtection'];
