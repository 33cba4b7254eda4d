import { Bad, deliver, Good, release } from '../fixtures';

const service = (annotation?: string, apiVersion = 'v1') => ({ apiVersion, kind: 'Service', metadata: { name: 'web', annotations: annotation && { 'service.beta.kubernetes.io/aws-load-balancer-type': annotation } }, spec: { type: 'LoadBalancer' } });

export const good: Good = {
  'a class': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' } }]),
  'no load balancer': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'ClusterIP' } }]),
  'an annotation of the time before': stack => deliver(stack, [service('external'), service('nlb-ip')]),
  'a Service of somebody else': stack => deliver(stack, [service(undefined, 'example.com/v1')]),
  'a controller that gives the class': stack => [deliver(stack, [service()]), release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: true })],
};

export const bad: Bad = {
  'no class': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'LoadBalancer' } }]), 'loadBalancerClass is missing'],
  'an annotation that means the controller in the cluster': [stack => deliver(stack, [service('nlb')]), 'loadBalancerClass is missing'],
  'an annotation that is nearly right': [stack => deliver(stack, [service('nlb-ipv6')]), 'loadBalancerClass is missing'],
  'a controller that does not': [stack => [deliver(stack, [service()]), release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false })], 'loadBalancerClass is missing'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.loadBalancerClass'];
