import { Check } from '../check';
import { inEach } from '../find';

export const CLUSTER_AUTOSCALER_DISCOVERY: Check = {
  id: 'cluster-autoscaler-discovery',
  title: 'Cluster Autoscaler finds its groups by their tags',
  severity: 'warning',
  optional: true,
  fix: 'Give autoDiscovery.clusterName instead',
  reason: 'A group that is added later is not scaled until somebody names it here too.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cas.html',
  find: ({ releases }) => inEach(releases, ({ chartName, values }) =>
    chartName === 'cluster-autoscaler' && values.autoscalingGroups?.length > 0 && !values.autoDiscovery?.clusterName
    && ['values.autoscalingGroups', `autoscalingGroups names ${values.autoscalingGroups.length}, and autoDiscovery.clusterName is not given`]),
};
