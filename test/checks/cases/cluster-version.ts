import { Bad, Good, cluster } from '../fixtures';

export const good: Good = {
  'a version of today': stack => cluster(stack),
  'one that is newer than what is known': stack => cluster(stack, { Version: '1.40' }),
  'what EKS chooses': stack => cluster(stack, { Version: undefined }),
};

export const bad: Bad = {
  'a version of the past': [stack => cluster(stack, { Version: '1.27' }), 'version "1.27" is older than'],
  'something else': [stack => cluster(stack, { Version: '1.36.2' }), 'version "1.36.2"'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Version'];
