import { Bad, deliver, deployment, Good } from '../fixtures';

const budget = (spec: any) => ({
  apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

const scaler = (name: string) => ({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name, namespace: 'shop' }, spec: { scaleTargetRef: { name } } });

export const good: Good = {
  'one may go': stack => deliver(stack, [budget({ maxUnavailable: 1 }), deployment()]),
  'one of two must stay': stack => deliver(stack, [budget({ minAvailable: 1 }), deployment()]),
  'an autoscaler adds replicas': stack => deliver(stack, [budget({ minAvailable: 2 }), deployment(), scaler('web')]),
  'two workloads share it': stack => deliver(stack, [budget({ minAvailable: 2 }), deployment(), { ...deployment(), metadata: { name: 'other', namespace: 'shop' } }]),
  'a part of them': stack => deliver(stack, [budget({ minAvailable: '50%' }), deployment()]),
  'a workload of other pods': stack => deliver(stack, [budget({ minAvailable: 2, selector: { matchLabels: { app: 'api' } } }), deployment()]),
  'two for two workloads': stack => deliver(stack, [budget({ maxUnavailable: 1 }), deployment(), { ...budget({ maxUnavailable: 1, selector: { matchLabels: { app: 'api' } } }), metadata: { name: 'api', namespace: 'shop' } }]),
  'no part of one must stay': stack => deliver(stack, [budget({ minAvailable: '0%' }), deployment({}, {}, { replicas: 1 })]),
};

export const bad: Bad = {
  'nothing may go': [stack => deliver(stack, [budget({ maxUnavailable: 0 })]), 'maxUnavailable is 0: no pod may ever be evicted'],
  'all must stay': [stack => deliver(stack, [budget({ minAvailable: '100%' })]), 'minAvailable is 100%'],
  'as many must stay as there are': [stack => deliver(stack, [budget({ minAvailable: 2 }), deployment()]), 'minAvailable is 2, and Deployment "shop/web" has 2 replicas'],
  'no part may go': [stack => deliver(stack, [budget({ maxUnavailable: '0%' })]), 'maxUnavailable is 0%'],
  'the only one of a StatefulSet must stay': [stack => deliver(stack, [budget({ minAvailable: 1 }), { ...deployment({}, {}, { replicas: undefined }), kind: 'StatefulSet' }]), /has 1 replica$/],
  'an autoscaler of something else': [stack => deliver(stack, [budget({ minAvailable: 2 }), deployment(), scaler('api')]), 'has 2 replicas'],
  'a DaemonSet beside it': [stack => deliver(stack, [budget({ minAvailable: 2 }), { ...deployment(), kind: 'DaemonSet' }, deployment()]), 'Deployment "shop/web" has 2 replicas'],
  'a part of the only one must stay': [stack => deliver(stack, [budget({ minAvailable: '50%' }), deployment({}, {}, { replicas: 1 })]), 'minAvailable is 50%, and Deployment "shop/web" has 1 replica'],
  'two for one workload': [stack => deliver(stack, [budget({ maxUnavailable: 1 }), { ...budget({ maxUnavailable: 1 }), metadata: { name: 'again', namespace: 'shop' } }, deployment()]), 'PodDisruptionBudget "shop/again" selects the pods of Deployment "shop/web" too'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec', 'spec.minAvailable', 'spec.selector'];
