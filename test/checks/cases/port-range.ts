import { Bad, Good, deliver, deployment } from '../fixtures';

const service = (...ports: any[]) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: ports.map(port => ({ port })) } });

export const good: Good = {
  'ports': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80, targetPort: 8080 }] } }, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'named' }, spec: { ports: [{ port: 80, targetPort: 'http' }] } }, deployment({}, { ports: [{ containerPort: 8080 }] })]),
  'the first and the last': stack => deliver(stack, [service(1, 65535, '80')]),
  'a name with numbers': stack => deliver(stack, [{ ...service(), spec: { ports: [{ port: 80, targetPort: 'http-2' }, { port: 81, targetPort: '9p' }] } }]),
  'one that the deployment knows': stack => deliver(stack, [service(stack.stackId)]),
};

export const bad: Bad = {
  'a port of a Service': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80, targetPort: 80800 }] } }]), 'the port 80800 is none'],
  'a port of a container': [stack => deliver(stack, [deployment({}, { ports: [{ containerPort: 0 }] })]), 'the port 0 of container "web" is none'],
  'less than none': [stack => deliver(stack, [service(-1)]), 'the port -1 is none'],
  'one after the last': [stack => deliver(stack, [service(65536)]), 'the port 65536 is none'],
  'none': [stack => deliver(stack, [service(0)]), 'the port 0 is none'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.ports', 'spec.template.spec.containers[0].ports'];
