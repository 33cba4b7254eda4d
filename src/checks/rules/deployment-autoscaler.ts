import { Check } from '../check';
import { inPods } from '../find';
import { scalerOf } from '../scaler';

export const DEPLOYMENT_AUTOSCALER: Check = {
  id: 'deployment-autoscaler',
  title: 'A Deployment follows its load',
  severity: 'warning',
  optional: true,
  fix: 'Add a HorizontalPodAutoscaler or a ScaledObject, or turn the check off where load does not change',
  reason: 'A fixed number of replicas is too few at a peak, and too many at night.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inPods(platform, ({ object, kind }) => kind === 'Deployment' && !scalerOf(platform, object) && ['', 'nothing scales it']),
};
