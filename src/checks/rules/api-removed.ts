import { KUBERNETES_VERSIONS } from '../../catalogue/kubernetes-versions';
import { REMOVED_APIS } from '../../catalogue/removed-apis';
import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { known } from '../values';

export const API_REMOVED: Check = {
  id: 'api-removed',
  title: 'No object is of an API that is gone',
  severity: 'error',
  fix: 'Write it for the API that takes its place',
  reason: 'The API server does not know it.',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  * find({ objects }) {
    for (const { resource, name: object, cluster, manifest: { apiVersion, kind } } of objects) {
      const version = minorOf(known(cluster?.properties.Version) ?? KUBERNETES_VERSIONS[0].version);
      const api = REMOVED_APIS.find(removed => removed.apiVersion === apiVersion && (removed.kind === undefined || removed.kind === kind));
      if (api && (api.since ?? 0) <= version) {
        yield { resource, object, location: 'apiVersion', message: `${apiVersion} was removed${api.since === undefined ? ' by its project' : ` in Kubernetes 1.${api.since}`}: it is ${api.instead} now` };
      }
    }
  },
};
