import { Bad, deliver, deployment, Good } from '../fixtures';

const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 9,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
  },
};

export const good: Good = {
  'replicas are left out': stack => deliver(stack, [autoscaler, deployment({}, {}, { replicas: undefined })]),
  'no autoscaler': stack => deliver(stack, [deployment()]),
  'an autoscaler of something else': stack => deliver(stack, [{ ...autoscaler, spec: { ...autoscaler.spec, scaleTargetRef: { kind: 'Deployment', name: 'api' } } }, deployment()]),
  'an autoscaler of another kind with the same name': stack => deliver(stack, [{ ...autoscaler, spec: { ...autoscaler.spec, scaleTargetRef: { kind: 'StatefulSet', name: 'web' } } }, deployment()]),
};

export const bad: Bad = {
  'both say it': [stack => deliver(stack, [autoscaler, deployment()]), 'replicas is 2, and HorizontalPodAutoscaler "shop/web" scales it'],
  'a ScaledObject, which means a Deployment': [stack => deliver(stack, [{ ...autoscaler, kind: 'ScaledObject', spec: { scaleTargetRef: { name: 'web' } } }, deployment()]), 'ScaledObject "shop/web" scales it'],
  'a StatefulSet': [stack => deliver(stack, [{ ...autoscaler, spec: { ...autoscaler.spec, scaleTargetRef: { kind: 'StatefulSet', name: 'web' } } }, { ...deployment(), kind: 'StatefulSet' }]), 'replicas is 2'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.replicas'];
