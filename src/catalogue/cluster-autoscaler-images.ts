/**
 * The newest Cluster Autoscaler of each Kubernetes version, by which it goes: it simulates the scheduler of that version.
 *
 * Read from the tags of kubernetes/autoscaler on 2026-11-21; the newest of them is of 2026-07-22.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases
 */
export const CLUSTER_AUTOSCALER_IMAGES: Record<string, string> = {
  1.31: 'v1.31.5',
  1.32: 'v1.32.7',
  1.33: 'v1.33.6',
  1.34: 'v1.34.5',
  1.35: 'v1.35.2',
  1.36: 'v1.36.1',
};
