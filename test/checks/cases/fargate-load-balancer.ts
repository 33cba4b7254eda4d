import { Bad, cluster, deliver, deployment, fargateProfile, Good } from '../fixtures';

const service = (type: string, annotations?: any) => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', annotations }, spec: { type, selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] },
});
const ingress = (annotations?: any) => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations },
  spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
});
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const ALB = 'alb.ingress.kubernetes.io/target-type';
const shop = [{ Namespace: 'shop' }];

export const good: Good = {
  'an NLB by addresses': stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('LoadBalancer', { [NLB]: 'ip' })])],
  'an ALB by addresses': stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('ClusterIP'), ingress({ [ALB]: 'ip' })])],
  'pods on nodes': stack => [cluster(stack), fargateProfile(stack, [{ Namespace: 'other' }]), deliver(stack, [deployment(), service('LoadBalancer'), ingress()])],
  'no load balancer': stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('ClusterIP')])],
};

export const bad: Bad = {
  'an NLB': [stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('LoadBalancer', { [NLB]: 'instance' })])],
    'targets are of type instance, and Deployment "shop/web" runs on Fargate'],
  'an NLB that says nothing': [stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('LoadBalancer')])], 'targets are of type instance, as nothing is said'],
  'an ALB': [stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('NodePort'), ingress()])], 'runs on Fargate'],
  'a default backend': [stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('NodePort'), { ...ingress(), spec: { defaultBackend: { service: { name: 'web' } } } }])], 'runs on Fargate'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [
  'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"]',
  'metadata.annotations["alb.ingress.kubernetes.io/target-type"]',
];
