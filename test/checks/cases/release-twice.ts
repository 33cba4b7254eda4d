import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'two releases': stack => [release(stack, 'web'), release(stack, 'api')],
};

export const bad: Bad = {
  'one twice': [stack => [release(stack, 'web'), release(stack, 'api', {}, 'platform', { Release: 'web' })], 'Stack/Chartweb installs it too'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Release'];
