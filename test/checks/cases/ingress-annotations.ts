import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'what it takes': stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS": 443}]', 'alb.ingress.kubernetes.io/ssl-redirect': '443', 'alb.ingress.kubernetes.io/target-type': 'ip' } }, spec: { } }]),
};

export const bad: Bad = {
  'ports that are no JSON': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/listen-ports': '[{HTTPS: 443}]' } }, spec: { } }]), '"[{HTTPS: 443}]" is no JSON'],
  'a scheme that there is none of': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'public' } }, spec: { } }]), 'scheme is "public"'],
  'a target type that there is none of': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/target-type': 'pod' } }, spec: { } }]), 'target-type is "pod"'],
  'a redirect to nothing': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}]', 'alb.ingress.kubernetes.io/ssl-redirect': '443' } }, spec: { } }]), 'ssl-redirect goes to 443, and listen-ports has no HTTPS'],
};
