import { Bad, Good, cluster, nodeGroup } from '../fixtures';

export const good: Good = {
  'AL2023': stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, AmiType: 'AL2023_x86_64_STANDARD' }),
  'Amazon Linux 2 on 1.32': stack => nodeGroup(stack, { ClusterName: cluster(stack, { Version: '1.32' }).ref, AmiType: 'AL2_x86_64' }),
};

export const bad: Bad = {
  'Amazon Linux 2 on 1.36': [stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, AmiType: 'AL2_x86_64' }), 'AmiType is AL2_x86_64, of Amazon Linux 2, and the Kubernetes version 1.36'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['AmiType'];
