import { Check } from '../check';
import { inObjects } from '../find';
import { UNNAMED } from '../installed';
import { listOf } from '../values';

export const METRICS_SERVER: Check = {
  id: 'metrics-server',
  title: 'What scales by CPU and memory has a source of these metrics',
  severity: 'warning',
  fix: 'Install the add-on metrics-server',
  reason: 'EKS installs none by itself outside of Auto Mode: the HorizontalPodAutoscaler never scales.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html',
  find(platform) {
    const served = new Set(platform.ofKind('APIService').filter(({ manifest }) => manifest.spec?.group === 'metrics.k8s.io').map(({ clusterKey }) => clusterKey));
    return inObjects(platform, ['HorizontalPodAutoscaler'], ({ cluster, clusterKey, manifest: { spec } }) => {
      const isByResource = listOf<any>(spec?.metrics ?? [{ type: 'Resource' }]).some(({ type }: any) => type === 'Resource' || type === 'ContainerResource');
      const isThere = served.has(clusterKey) || cluster?.isAutoMode || ['metrics-server', UNNAMED].some(name => platform.installed(clusterKey).has(name));
      return cluster && isByResource && !isThere && ['spec.metrics', `cluster ${cluster.resource.path} has no metrics-server`];
    });
  },
};
