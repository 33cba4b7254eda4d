import { Check } from '../check';
import { destination } from '../delivered';
import { inResources } from '../find';
import { UNNAMED } from '../installed';
import { known } from '../values';

export const NODE_AUTOSCALER: Check = {
  id: 'node-autoscaler',
  title: 'Somebody uses the room that a node group has',
  severity: 'warning',
  optional: true,
  fix: 'Install Karpenter or Cluster Autoscaler, use Auto Mode, or give equal sizes',
  reason: 'EKS does not change the size of a node group by itself: MaxSize is never reached.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/autoscaling.html',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], resource => {
    const { cluster, clusterKey } = destination(platform, resource);
    const { MinSize: min, MaxSize: max } = resource.properties.ScalingConfig ?? {};
    const isScaled = cluster?.isAutoMode || ['karpenter', 'cluster-autoscaler', UNNAMED].some(name => platform.installed(clusterKey).has(name));
    return cluster && known(min) !== undefined && known(max) !== undefined && Number(max) > Number(min) && !isScaled
      && ['ScalingConfig.MaxSize', `MaxSize is ${max}, MinSize ${min}, and nothing scales it`];
  }),
};
