import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a certificate': stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internet-facing', 'alb.ingress.kubernetes.io/certificate-arn': 'arn' } }, spec: { } }]),
  'an internal one': stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal' } }, spec: { } }]),
  'hosts with TLS': stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' } }, spec: { tls: [{ hosts: ['shop.example.com'] }] } }]),
};

export const bad: Bad = {
  neither: [stack => deliver(stack, [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', annotations: { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' } }, spec: { } }]), 'it is internet-facing, without a certificate'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.tls'];
