import { Bad, deliver, deployment, Good } from '../fixtures';

const budget = (spec: any) => ({
  apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

export const good: Good = {
  'one may go': stack => deliver(stack, [budget({ maxUnavailable: 1 }), deployment()]),
  'one of two must stay': stack => deliver(stack, [budget({ minAvailable: 1 }), deployment()]),
};

export const bad: Bad = {
  'nothing may go': [stack => deliver(stack, [budget({ maxUnavailable: 0 })]), 'maxUnavailable is 0: no pod may ever be evicted'],
  'all must stay': [stack => deliver(stack, [budget({ minAvailable: '100%' })]), 'minAvailable is 100%'],
  'as many must stay as there are': [stack => deliver(stack, [budget({ minAvailable: 2 }), deployment()]), 'minAvailable is 2, and Deployment "shop/web" has 2 replicas'],
};
