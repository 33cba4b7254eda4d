import { Bad, Good, deliver } from '../fixtures';

const ingress = (annotations: any) => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value])) }, spec: {},
});

export const good: Good = {
  'what it takes': stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS": 443}]', 'alb.ingress.kubernetes.io/ssl-redirect': '443', 'alb.ingress.kubernetes.io/target-type': 'ip' } }, spec: { } }]),
  'an action, a public scheme and instances': stack => deliver(stack, [ingress({ 'actions.redirect': '{"type":"redirect"}', 'scheme': 'internet-facing', 'target-type': 'instance' })]),
  'JSON that the deployment knows': stack => deliver(stack, [ingress({ 'auth-idp-cognito': stack.stackId, 'conditions.web': '[]' })]),
  'a redirect without ports, and ports without a redirect': stack => deliver(stack, [ingress({ 'ssl-redirect': '443' }), ingress({ 'listen-ports': '[{"HTTP":80}]' })]),
};

export const bad: Bad = {
  'ports that are no JSON': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/listen-ports': '[{HTTPS: 443}]' } }, spec: { } }]), '"[{HTTPS: 443}]" is no JSON'],
  'a scheme that there is none of': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'public' } }, spec: { } }]), 'scheme is "public"'],
  'a target type that there is none of': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/target-type': 'pod' } }, spec: { } }]), 'target-type is "pod"'],
  'a redirect to nothing': [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP": 80}]', 'alb.ingress.kubernetes.io/ssl-redirect': '443' } }, spec: { } }]), 'ssl-redirect goes to 443, and listen-ports has no HTTPS'],
  'an action that is no JSON': [stack => deliver(stack, [ingress({ 'actions.redirect': 'redirect' })]), '"redirect" is no JSON'],
  'a condition that is no JSON': [stack => deliver(stack, [ingress({ 'conditions.web': '[' })]), '"[" is no JSON'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [
  'metadata.annotations.alb.ingress.kubernetes.io/listen-ports',
  'metadata.annotations',
  'metadata.annotations.alb.ingress.kubernetes.io/actions.redirect',
  'metadata.annotations.alb.ingress.kubernetes.io/conditions.web',
];
