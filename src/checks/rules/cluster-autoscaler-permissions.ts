import { Check } from '../check';

const SCALES = /^autoscaling:(SetDesiredCapacity|TerminateInstanceInAutoScalingGroup|Set\*|\*)$/i;

export const CLUSTER_AUTOSCALER_PERMISSIONS: Check = {
  id: 'cluster-autoscaler-permissions',
  title: 'Cluster Autoscaler may scale groups of its own cluster only',
  severity: 'warning',
  fix: 'Add a condition on aws:ResourceTag/k8s.io/cluster-autoscaler/NAME, or name the groups',
  reason: 'It could shrink every Auto Scaling group of the account.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cas.html',
  * find({ statements }) {
    for (const { resource, location, allows, actions, resources, condition } of statements) {
      const scales = actions.find(action => SCALES.test(String(action)));
      if (allows && scales && condition === undefined && resources.includes('*')) {
        yield { resource, location, message: `${scales} is allowed on all groups` };
      }
    }
  },
};
