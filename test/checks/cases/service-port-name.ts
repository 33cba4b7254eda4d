import { Bad, deliver, deployment, Good } from '../fixtures';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] } };

export const good: Good = {
  'a name that a pod has': stack => deliver(stack, [service, deployment({}, { ports: [{ name: 'http', containerPort: 8080 }] })]),
  'a number': stack => deliver(stack, [{ ...service, spec: { ...service.spec, ports: [{ port: 80, targetPort: 8080 }] } }, deployment()]),
  'pods that somebody else delivers': stack => deliver(stack, [service]),
};

export const bad: Bad = {
  'a name that no pod has': [stack => deliver(stack, [service, deployment({}, { ports: [{ name: 'web', containerPort: 8080 }] })]), 'targetPort "http" is the name of no port of Deployment "shop/web"'],
};
