import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'a version': stack => release(stack, 'web'),
};

export const bad: Bad = {
  none: [stack => release(stack, 'web', {}, 'platform', { Version: undefined }), 'chart "web" has no version'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Version'];
