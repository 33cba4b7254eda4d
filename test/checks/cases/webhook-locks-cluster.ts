import { Bad, Good, deliver } from '../fixtures';

const webhook = (more: any, kind = 'ValidatingWebhookConfiguration') => ({
  apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'guard' },
  webhooks: [{ name: 'guard.example.com', clientConfig: { service: { name: 'guard', namespace: 'guard' } }, rules: [rule('pods')], ...more }],
});
const rule = (resource: string, group = '') => ({ apiGroups: [group], apiVersions: ['v1'], resources: [resource], operations: ['CREATE'] });

export const good: Good = {
  'its own namespace is excluded': stack => deliver(stack, [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'guard' }, webhooks: [{ name: 'guard.example.com', clientConfig: { service: { name: 'guard', namespace: 'guard' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }], namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['guard', 'kube-system'] }] } }] }]),
  'it is ignored when down': stack => deliver(stack, [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'guard' }, webhooks: [{ name: 'guard.example.com', clientConfig: { service: { name: 'guard', namespace: 'guard' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }], failurePolicy: 'Ignore' }] }]),
  'it asks for a label of the namespace': stack => deliver(stack, [webhook({ namespaceSelector: { matchLabels: { guarded: 'yes' } } })]),
  'it asks for a label of the object': stack => deliver(stack, [webhook({ objectSelector: { matchLabels: { guarded: 'yes' } } })]),
  'it has conditions': stack => deliver(stack, [webhook({ matchConditions: [{ name: 'not-mine', expression: 'false' }] })]),
  'it stands outside of the cluster': stack => deliver(stack, [webhook({ clientConfig: { url: 'https://guard.example.com' } })]),
  'other resources': stack => deliver(stack, [webhook({ rules: [rule('ingresses', 'networking.k8s.io'), rule('pods', 'metrics.k8s.io'), rule('configmaps')] })]),
  'it leaves out its own namespace by name': stack => deliver(stack, [webhook({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'guard'] }] } })]),
  'it leaves out whoever has a label': stack => deliver(stack, [webhook({ namespaceSelector: { matchExpressions: [{ key: 'unguarded', operator: 'DoesNotExist' }] } })]),
};

export const bad: Bad = {
  'every pod': [stack => deliver(stack, [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'guard' }, webhooks: [{ name: 'guard.example.com', clientConfig: { service: { name: 'guard', namespace: 'guard' } }, rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }], failurePolicy: 'Fail' }] }]), '"guard.example.com" fails every pod while it is down'],
  'everything, by default': [stack => deliver(stack, [webhook({ rules: [rule('configmaps'), rule('*/*', '*')], namespaceSelector: {}, objectSelector: { matchLabels: {} }, matchConditions: [] })]), 'fails every pod'],
  'what changes objects': [stack => deliver(stack, [webhook({ rules: [rule('*', '*')] }, 'MutatingWebhookConfiguration')]), 'fails every pod'],
  'all namespaces but kube-system': [stack => deliver(stack, [webhook({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }] } })]), 'of its own namespace too'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['webhooks[0]'];
