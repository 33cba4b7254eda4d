import { Check } from '../check';

export const CLUSTER_AUTO_MODE: Check = {
  id: 'cluster-auto-mode',
  title: 'Auto Mode is on or off as a whole',
  severity: 'error',
  fix: 'Enable ComputeConfig, StorageConfig.BlockStorage and KubernetesNetworkConfig.ElasticLoadBalancing together',
  reason: 'EKS refuses a cluster with one of the three.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/automode.html',
  * find({ clusters }) {
    for (const { resource, properties } of clusters) {
      const parts = {
        'ComputeConfig': properties.ComputeConfig?.Enabled,
        'StorageConfig.BlockStorage': properties.StorageConfig?.BlockStorage?.Enabled,
        'KubernetesNetworkConfig.ElasticLoadBalancing': properties.KubernetesNetworkConfig?.ElasticLoadBalancing?.Enabled,
      };
      const on = Object.values(parts).some(value => String(value) === 'true');
      const off = Object.entries(parts).filter(([, value]) => String(value ?? false) === 'false').map(([part]) => part);
      if (on && off.length > 0) {
        yield { resource, location: off[0], message: `${off.join(' and ')} ${off.length > 1 ? 'are' : 'is'} off while the rest of Auto Mode is on` };
      }
    }
  },
};
