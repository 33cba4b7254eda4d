import { Check } from '../check';
import { destination } from '../delivered';
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
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const { cluster, clusterKey } = destination(platform, resource);
      const { MinSize: min, MaxSize: max } = resource.properties.ScalingConfig ?? {};
      const names = platform.installed(clusterKey);
      const isScaled = ['karpenter', 'cluster-autoscaler', UNNAMED].some(name => names.has(name)) || cluster?.isAutoMode;
      if (cluster && known(min) !== undefined && known(max) !== undefined && Number(max) > Number(min) && !isScaled) {
        yield { resource, location: 'ScalingConfig.MaxSize', message: `MaxSize is ${max}, MinSize ${min}, and nothing scales it` };
      }
    }
  },
};
