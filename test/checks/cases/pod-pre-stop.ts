import { Bad, deliver, deployment, Good } from '../fixtures';

const sleeps = (preStop: any, pod: any = {}) => deployment(pod, { lifecycle: { preStop } });

const service = (delay?: number) => ({
  apiVersion: 'v1', kind: 'Service', spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  metadata: { name: 'web', namespace: 'shop', annotations: delay && { 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': `deregistration_delay.timeout_seconds=${delay}` } },
});
const ingress = {
  apiVersion: 'networking.k8s.io/v1', kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/target-group-attributes': 'slow_start.duration_seconds=30,deregistration_delay.timeout_seconds=120' } },
  spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
};

export const good: Good = {
  'no hook': stack => deliver(stack, [deployment()]),
  'a hook that ends in time': stack => deliver(stack, [sleeps({ sleep: { seconds: 10 } })]),
  'a longer grace period': stack => deliver(stack, [sleeps({ exec: { command: ['/bin/sleep', '45'] } }, { terminationGracePeriodSeconds: 60 })]),
  'a hook that does something else': stack => deliver(stack, [sleeps({ exec: { command: ['/app/drain', '--asleep', '99'] } }), { ...sleeps({ httpGet: { path: '/stop', port: 80 } }), metadata: { name: 'b', namespace: 'shop' } }]),
  'a load balancer that waits no longer than the pod': stack => deliver(stack, [deployment({ terminationGracePeriodSeconds: 90 }), service(60)]),
  'a load balancer of other pods': stack => deliver(stack, [deployment(), { ...service(60), spec: { selector: { app: 'api' } } }]),
};

export const bad: Bad = {
  'the whole default grace period': [stack => deliver(stack, [sleeps({ sleep: { seconds: 30 } })]), 'container "web" sleeps for 30 seconds, and terminationGracePeriodSeconds is 30'],
  'a command': [stack => deliver(stack, [sleeps({ exec: { command: ['sleep', '20'] } }, { terminationGracePeriodSeconds: 15 })]), 'sleeps for 20 seconds, and terminationGracePeriodSeconds is 15'],
  'a shell': [stack => deliver(stack, [sleeps({ exec: { command: ['sh', '-c', 'sleep 60 && nginx -s quit'] } })]), 'sleeps for 60 seconds'],
  'a load balancer that waits longer than the pod': [stack => deliver(stack, [deployment(), service(60)]), 'targets are drained for 60 seconds, and terminationGracePeriodSeconds of Deployment "shop/web" is 30'],
  'one of an Ingress': [stack => deliver(stack, [deployment({ terminationGracePeriodSeconds: 45 }), service(), ingress]), 'targets are drained for 120 seconds, and terminationGracePeriodSeconds of Deployment "shop/web" is 45'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.containers[0].lifecycle.preStop', 'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"]', 'metadata.annotations["alb.ingress.kubernetes.io/target-group-attributes"]'];
