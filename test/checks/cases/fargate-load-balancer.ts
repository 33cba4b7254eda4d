import { Bad, cluster, deliver, deployment, fargateProfile, Good, release } from '../fixtures';

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
  'an NLB by addresses, as it was written before': stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('LoadBalancer', { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb-ip' })])],
  'a controller that takes addresses by default': stack => [cluster(stack), fargateProfile(stack, shop), release(stack, 'aws-load-balancer-controller', { defaultTargetType: 'ip' }), deliver(stack, [deployment(), service('LoadBalancer'), ingress()])],
  'an Ingress of another controller': stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('ClusterIP'), { ...ingress(), spec: { ...ingress().spec, ingressClassName: 'nginx' } }])],
  'a class with addresses': stack => [cluster(stack), fargateProfile(stack, shop), deliver(stack, [deployment(), service('ClusterIP'), ingress(), { apiVersion: 'elbv2.k8s.aws/v1beta1', kind: 'IngressClassParams', metadata: { name: 'alb' }, spec: { targetType: 'ip' } }])],
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
