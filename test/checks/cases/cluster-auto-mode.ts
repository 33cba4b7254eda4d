import { Bad, Good, cluster } from '../fixtures';

export const good: Good = {
  'all three': stack => cluster(stack, { ComputeConfig: { Enabled: true }, StorageConfig: { BlockStorage: { Enabled: true } }, KubernetesNetworkConfig: { ElasticLoadBalancing: { Enabled: true } } }),
  'none': stack => cluster(stack),
};

export const bad: Bad = {
  'storage is missing': [stack => cluster(stack, { ComputeConfig: { Enabled: true }, KubernetesNetworkConfig: { ElasticLoadBalancing: { Enabled: true } } }), 'StorageConfig.BlockStorage is off'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['StorageConfig.BlockStorage'];
