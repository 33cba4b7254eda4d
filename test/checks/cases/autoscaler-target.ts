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
  'a request of it': stack => deliver(stack, [autoscaler, deployment()]),
  'a workload that somebody else delivers': stack => deliver(stack, [autoscaler]),
  'a request of the whole pod': stack => deliver(stack, [autoscaler, deployment({ resources: { requests: { cpu: '1' } } }, { resources: {} })]),
};

export const bad: Bad = {
  'no request of it': [stack => deliver(stack, [autoscaler, deployment({}, { resources: { requests: { memory: '1Gi' } } })]), 'container "web" of Deployment "shop/web" has no request of cpu'],
};
