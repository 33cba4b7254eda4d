import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { inEach } from '../find';
import { known } from '../values';

export const CLUSTER_AUTOSCALER_VERSION: Check = {
  id: 'cluster-autoscaler-version',
  title: 'Cluster Autoscaler is of the version of the cluster',
  severity: 'warning',
  fix: 'Set image.tag to the release of the same Kubernetes minor version',
  reason: 'It simulates the scheduler of the version that it is built with.',
  link: 'https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases',
  find: ({ releases }) => inEach(releases, ({ chartName, values, cluster }) => {
    const kubernetes = cluster?.version;
    const tag = known(values.image?.tag);
    return chartName === 'cluster-autoscaler' && kubernetes !== undefined && tag !== undefined && minorOf(tag) !== minorOf(kubernetes)
      && ['values.image.tag', `image.tag is ${tag}, the cluster is of Kubernetes ${kubernetes}`];
  }),
};
