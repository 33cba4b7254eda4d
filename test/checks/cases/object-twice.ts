import { Bad, Good, deliver, deployment } from '../fixtures';

const configMap = (metadata: any) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata });

export const good: Good = {
  'two namespaces': stack => deliver(stack, [deployment(), { ...deployment(), metadata: { name: 'web', namespace: 'other' } }]),
  'two clusters': stack => [deliver(stack, [deployment()]), deliver(stack, [deployment()], 'other', 'Other')],
  'names that the deployment knows': stack => deliver(stack, [configMap({ name: stack.stackId }), configMap({ name: stack.stackId })]),
  'namespaces that the deployment knows': stack => deliver(stack, [configMap({ name: 'a', namespace: stack.stackId }), configMap({ name: 'a', namespace: stack.stackId })]),
  'two groups': stack => deliver(stack, [{ ...configMap({ name: 'a' }), apiVersion: 'one.example.com/v1' }, { ...configMap({ name: 'a' }), apiVersion: 'two.example.com/v1' }]),
};

export const bad: Bad = {
  'two charts': [stack => [deliver(stack, [deployment()]), deliver(stack, [deployment()], 'platform', 'Other')], 'Stack/Manifest delivers it too'],
  'one chart': [stack => deliver(stack, [deployment(), deployment()]), 'it stands here twice'],
  'two versions of one API': [stack => deliver(stack, [{ ...configMap({ name: 'a' }), apiVersion: 'example.com/v1' }, { ...configMap({ name: 'a' }), apiVersion: 'example.com/v1beta1' }]), 'it stands here twice'],
  'the default namespace, once by its name': [stack => deliver(stack, [configMap({ name: 'a' }), configMap({ name: 'a', namespace: 'default' })]), 'it stands here twice'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [''];
