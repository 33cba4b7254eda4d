import { Bad, Good, release } from '../fixtures';

export const good: Good = {
  'a version': stack => release(stack, 'web'),
  'a packaged chart, which has one': stack => release(stack, 'web', {}, 'platform', { Chart: 'https://charts.example.com/web-1.2.3.tgz', Version: undefined }),
};

export const bad: Bad = {
  'none': [stack => release(stack, 'web', {}, 'platform', { Version: undefined }), 'chart "web" has no version'],
  'none of a registry': [
    stack => release(stack, 'web', {}, 'platform', { Chart: 'oci://registry.example.com/web', Version: undefined }), 'chart "oci://registry.example.com/web" has no version',
  ],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Version'];
