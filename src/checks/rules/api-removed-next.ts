import { Check } from '../check';
import { inRemovedApis } from '../removed-api';

export const API_REMOVED_NEXT: Check = {
  id: 'api-removed-next',
  title: 'No object is of an API that the next Kubernetes version removes',
  severity: 'warning',
  fix: 'Write it for the API that takes its place',
  reason: 'The upgrade of the cluster fails, or the next delivery after it.',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  find: platform => inRemovedApis(platform, ({ apiVersion, since, instead }, minor) => since === minor + 1
    && `${apiVersion} is removed in Kubernetes 1.${since}: it is ${instead} now`),
};
