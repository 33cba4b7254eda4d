import { Check } from '../check';
import { UNNAMED } from '../installed';

export const METRICS_SERVER: Check = {
  id: 'metrics-server',
  title: 'What scales by CPU and memory has a source of these metrics',
  severity: 'warning',
  fix: 'Install the add-on metrics-server',
  reason: 'EKS installs none by itself outside of Auto Mode: the HorizontalPodAutoscaler never scales.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html',
  * find(platform) {
    const served = new Set(platform.ofKind('APIService').filter(({ manifest }) => manifest.spec?.group === 'metrics.k8s.io').map(({ clusterKey }) => clusterKey));
    for (const { resource, name: object, cluster, clusterKey, manifest: { spec } } of platform.ofKind('HorizontalPodAutoscaler')) {
      const isByResource = (spec?.metrics ?? [{ type: 'Resource' }]).some(({ type }: any) => type === 'Resource' || type === 'ContainerResource');
      const names = platform.installed(clusterKey);
      const isThere = served.has(clusterKey) || cluster?.isAutoMode || ['metrics-server', UNNAMED].some(name => names.has(name));
      if (cluster && isByResource && !isThere) {
        yield { resource, object, location: 'spec.metrics', message: `cluster ${cluster.resource.path} has no metrics-server` };
      }
    }
  },
};
