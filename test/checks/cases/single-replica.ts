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
  'an autoscaler': stack => deliver(stack, [service, { ...autoscaler, spec: { ...autoscaler.spec, minReplicas: 2 } }, deployment({}, {}, { replicas: undefined })]),
  'nobody asks it anything': stack => deliver(stack, [deployment({}, {}, { replicas: 1 })]),
  'a ScaledObject': stack => deliver(stack, [service, { ...autoscaler, kind: 'ScaledObject' }, deployment({}, {}, { replicas: 1 })]),
  'a StatefulSet, which may be one': stack => deliver(stack, [service, { ...deployment({}, {}, { replicas: 1 }), kind: 'StatefulSet' }]),
};

export const bad: Bad = {
  'one replica behind a Service': [stack => deliver(stack, [service, deployment({}, {}, { replicas: 1 })]), 'one replica serves all traffic'],
  'as many as Kubernetes makes': [stack => deliver(stack, [service, deployment({}, {}, { replicas: undefined })]), 'one replica'],
  'an autoscaler of a StatefulSet of that name': [stack => deliver(stack, [service, { ...autoscaler, spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'web' } } }, deployment({}, {}, { replicas: 1 })]), 'one replica serves all traffic'],
  'an autoscaler of something else': [stack => deliver(stack, [service, { ...autoscaler, spec: { scaleTargetRef: { kind: 'Deployment', name: 'api' } } }, deployment({}, {}, { replicas: 1 })]), 'one replica serves all traffic'],
  'an autoscaler that leaves one': [stack => deliver(stack, [service, autoscaler, deployment({}, {}, { replicas: undefined })]), 'minReplicas of HorizontalPodAutoscaler "shop/web" is 1'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec'];
