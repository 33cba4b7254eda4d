import { Bad, Good, cluster, nodeGroup } from '../fixtures';

export const good: Good = {
  'the same version': stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, Version: '1.36' }),
  'three versions older': stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, Version: '1.33' }),
};

export const bad: Bad = {
  'newer nodes': [stack => nodeGroup(stack, { ClusterName: cluster(stack, { Version: '1.35' }).ref, Version: '1.36' }), 'Version is 1.36, and that of the cluster 1.35'],
  'nodes of long ago': [stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, Version: '1.32' }), 'Version is 1.32'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Version'];
