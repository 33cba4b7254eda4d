import { Bad, deliver, deployment, Good } from '../fixtures';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] } };

export const good: Good = {
  'a name that a pod has': stack => deliver(stack, [service, deployment({}, { ports: [{ name: 'http', containerPort: 8080 }] })]),
  'a number': stack => deliver(stack, [{ ...service, spec: { ...service.spec, ports: [{ port: 80, targetPort: 8080 }] } }, deployment()]),
  'pods that somebody else delivers': stack => deliver(stack, [service]),
  'numbers as text': stack => deliver(stack, [{ ...service, spec: { ...service.spec, ports: [{ port: 80, targetPort: '8080' }] } }, deployment()]),
  'other pods': stack => deliver(stack, [{ ...service, spec: { ...service.spec, selector: { app: 'api' } } }, deployment()]),
  'no target port': stack => deliver(stack, [{ ...service, spec: { ...service.spec, ports: [{ port: 80 }] } }, deployment()]),
};

export const bad: Bad = {
  'a name that no pod has': [stack => deliver(stack, [service, deployment({}, { ports: [{ name: 'web', containerPort: 8080 }] })]), 'targetPort "http" is the name of no port of Deployment "shop/web"'],
  'a name that ends in a number': [stack => deliver(stack, [{ ...service, spec: { ...service.spec, ports: [{ port: 80, targetPort: 'http2' }] } }, deployment()]), 'targetPort "http2" is the name of no port'],
  'a name that only pods of others have': [stack => deliver(stack, [service, deployment(), { ...deployment({}, { ports: [{ name: 'http', containerPort: 80 }] }), metadata: { name: 'api', namespace: 'shop' }, spec: { ...deployment().spec, template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'api', ports: [{ name: 'http', containerPort: 80 }] }] } } } }]), 'targetPort "http" is the name of no port of Deployment "shop/web"'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.ports'];
