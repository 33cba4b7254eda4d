import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'a version': stack => release(stack, 'web'),
};

export const bad: Bad = {
  none: [stack => release(stack, 'web', {}, 'platform', { Version: undefined }), 'chart "web" has no version'],
};
