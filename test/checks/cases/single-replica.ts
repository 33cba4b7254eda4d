import { Bad, deliver, deployment, Good } from '../fixtures';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] } };
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
  'two replicas': stack => deliver(stack, [service, deployment()]),
  'an autoscaler': stack => deliver(stack, [service, autoscaler, deployment({}, {}, { replicas: undefined })]),
  'nobody asks it anything': stack => deliver(stack, [deployment({}, {}, { replicas: 1 })]),
};

export const bad: Bad = {
  'one replica behind a Service': [stack => deliver(stack, [service, deployment({}, {}, { replicas: 1 })]), 'one replica serves all traffic'],
  'as many as Kubernetes makes': [stack => deliver(stack, [service, deployment({}, {}, { replicas: undefined })]), 'one replica'],
};
