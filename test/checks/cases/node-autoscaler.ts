import { Bad, cluster, Good, nodeGroup, release } from '../fixtures';

const ScalingConfig = { MinSize: 1, MaxSize: 9 };

export const good: Good = {
  'Karpenter': stack => [cluster(stack), nodeGroup(stack, { ScalingConfig }), release(stack, 'karpenter', {}, 'platform', { Chart: 'oci://public.ecr.aws/karpenter/karpenter' })],
  'Cluster Autoscaler': stack => [cluster(stack), nodeGroup(stack, { ScalingConfig }), release(stack, 'cluster-autoscaler')],
  'Auto Mode': stack => [cluster(stack, { ComputeConfig: { Enabled: true } }), nodeGroup(stack, { ScalingConfig })],
  'one size': stack => [cluster(stack), nodeGroup(stack, { ScalingConfig: { MinSize: 3, MaxSize: 3 } })],
  'a cluster of somebody else': stack => nodeGroup(stack, { ClusterName: 'elsewhere', ScalingConfig }),
};

export const bad: Bad = {
  nothing: [stack => [cluster(stack), nodeGroup(stack, { ScalingConfig })], 'MaxSize is 9, MinSize 1, and nothing scales it'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['ScalingConfig.MaxSize'];
