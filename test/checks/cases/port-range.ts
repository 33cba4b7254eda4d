import { Bad, Good, deliver, deployment } from '../fixtures';

export const good: Good = {
  ports: stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80, targetPort: 8080 }] } }, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'named' }, spec: { ports: [{ port: 80, targetPort: 'http' }] } }, deployment({}, { ports: [{ containerPort: 8080 }] })]),
};

export const bad: Bad = {
  'a port of a Service': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80, targetPort: 80800 }] } }]), 'the port 80800 is none'],
  'a port of a container': [stack => deliver(stack, [deployment({}, { ports: [{ containerPort: 0 }] })]), 'the port 0 of container "web" is none'],
};
