import { Check } from '../check';
import { inEach } from '../find';
import { isFalse, isTrue } from '../values';

export const CLUSTER_AUTO_MODE: Check = {
  id: 'cluster-auto-mode',
  title: 'Auto Mode is on or off as a whole',
  severity: 'error',
  fix: 'Enable ComputeConfig, StorageConfig.BlockStorage and KubernetesNetworkConfig.ElasticLoadBalancing together',
  reason: 'EKS refuses a cluster with one of the three.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/automode.html',
  find: ({ clusters }) => inEach(clusters, ({ properties }) => {
    const parts = {
      'ComputeConfig': properties.ComputeConfig?.Enabled,
      'StorageConfig.BlockStorage': properties.StorageConfig?.BlockStorage?.Enabled,
      'KubernetesNetworkConfig.ElasticLoadBalancing': properties.KubernetesNetworkConfig?.ElasticLoadBalancing?.Enabled,
    };
    const off = Object.entries(parts).filter(([, value]) => isFalse(value ?? false)).map(([part]) => part);
    return Object.values(parts).some(isTrue) && off.length > 0
      && [off[0], `${off.join(' and ')} ${off.length > 1 ? 'are' : 'is'} off while the rest of Auto Mode is on`];
  }),
};
