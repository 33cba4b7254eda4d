import { Check } from '../check';
import { inObjects } from '../find';
import { scalerOf } from '../scaler';

export const AUTOSCALER_REPLICAS: Check = {
  id: 'autoscaler-replicas',
  title: 'Only one side says how many replicas there are',
  severity: 'warning',
  fix: 'Leave "replicas" out of what a HorizontalPodAutoscaler scales',
  reason: 'Every delivery sets the number back, at the hour at which it matters.',
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  find: platform => inObjects(platform, ['Deployment', 'StatefulSet'], object => {
    const scaler = scalerOf(platform, object);
    return scaler && object.manifest.spec?.replicas !== undefined && ['spec.replicas', `replicas is ${object.manifest.spec.replicas}, and ${scaler.name} scales it`];
  }),
};
