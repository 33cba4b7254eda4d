import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a class': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' } }]),
  'no load balancer': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'ClusterIP' } }]),
};

export const bad: Bad = {
  'no class': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'LoadBalancer' } }]), 'loadBalancerClass is missing'],
};
