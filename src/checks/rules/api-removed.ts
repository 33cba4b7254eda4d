import { Check } from '../check';
import { inRemovedApis } from '../removed-api';

export const API_REMOVED: Check = {
  id: 'api-removed',
  title: 'No object is of an API that is gone',
  severity: 'error',
  fix: 'Write it for the API that takes its place',
  reason: 'The API server does not know it.',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  find: platform => inRemovedApis(platform, ({ apiVersion, since, instead }, minor) => (since ?? 0) <= minor
    && `${apiVersion} was removed${since === undefined ? ' by its project' : ` in Kubernetes 1.${since}`}: it is ${instead} now`),
};
