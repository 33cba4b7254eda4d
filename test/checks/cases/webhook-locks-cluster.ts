import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'its own namespace is excluded': stack => deliver(stack, [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'guard' }, webhooks: [{ name: 'guard.example.com', clientConfig: { service: { name: 'guard', namespace: 'guard' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }], namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['guard', 'kube-system'] }] } }] }]),
  'it is ignored when down': stack => deliver(stack, [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'guard' }, webhooks: [{ name: 'guard.example.com', clientConfig: { service: { name: 'guard', namespace: 'guard' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }], failurePolicy: 'Ignore' }] }]),
};

export const bad: Bad = {
  'every pod': [stack => deliver(stack, [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'guard' }, webhooks: [{ name: 'guard.example.com', clientConfig: { service: { name: 'guard', namespace: 'guard' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }], failurePolicy: 'Fail' }] }]), '"guard.example.com" fails every pod while it is down'],
};
