import { Finding } from './check';
import { inEach } from './find';
import { Platform } from './platform';
import { KUBERNETES_VERSIONS } from '../catalogue/kubernetes-versions';
import { RemovedApi, removedInSome } from '../catalogue/removed-apis';
import { minorOf } from '../private/minor-of';

/** What is wrong with objects of APIs that some version removes; `minor` is that of their cluster, or the oldest that EKS offers. */
export function inRemovedApis({ objects }: Platform, wrong: (api: RemovedApi, minor: number) => string | false): Iterable<Finding> {
  return inEach(objects, ({ cluster, manifest: { apiVersion, kind } }) => {
    const api = removedInSome(apiVersion, kind);
    const message = api && wrong(api, minorOf(cluster?.version ?? KUBERNETES_VERSIONS[0].version));
    return message ? ['apiVersion', message] : undefined;
  });
}
