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
  'a limit, which is the request': stack => deliver(stack, [autoscaler, deployment({}, { resources: { limits: { cpu: '1' } } })]),
  'a metric by its value': stack => deliver(stack, [{ ...autoscaler, spec: { ...autoscaler.spec, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '1' } } }] } }, deployment({}, { resources: {} })]),
  'another workload': stack => deliver(stack, [{ ...autoscaler, spec: { ...autoscaler.spec, scaleTargetRef: { kind: 'Deployment', name: 'api' } } }, deployment({}, { resources: {} })]),
  'another kind of the same name': stack => deliver(stack, [{ ...autoscaler, spec: { ...autoscaler.spec, scaleTargetRef: { kind: 'StatefulSet', name: 'web' } } }, deployment({}, { resources: {} })]),
  'an init container without': stack => deliver(stack, [autoscaler, deployment({ initContainers: [{ name: 'init', image: 'a/b:1' }] })]),
};

export const bad: Bad = {
  'no request of it': [stack => deliver(stack, [autoscaler, deployment({}, { resources: { requests: { memory: '1Gi' } } })]), 'container "web" of Deployment "shop/web" has no request of cpu'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.metrics'];
