import { Bad, deliver, deployment, Good } from '../fixtures';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] } };

export const good: Good = {
  'a probe': stack => deliver(stack, [service, deployment()]),
  'no Service sends anything': stack => deliver(stack, [deployment({}, { readinessProbe: undefined })]),
  'a Service of another namespace': stack => deliver(stack, [{ ...service, metadata: { name: 'web', namespace: 'other' } }, deployment({}, { readinessProbe: undefined })]),
};

export const bad: Bad = {
  'no probe behind a Service': [stack => deliver(stack, [service, deployment({}, { readinessProbe: undefined })]), 'pods without a readinessProbe get traffic from Service "shop/web"'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers'];
