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
};

export const bad: Bad = {
  'both say it': [stack => deliver(stack, [autoscaler, deployment()]), 'replicas is 2, and HorizontalPodAutoscaler "shop/web" scales it'],
};
