import { Fn } from 'aws-cdk-lib';
import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'the same labels': stack => deliver(stack, [deployment()]),
  'more labels on the pods': stack => deliver(stack, [deployment({}, {}, { selector: { matchLabels: {} } })]),
  'a label that the deployment knows': stack => deliver(stack, [deployment({}, {}, { selector: { matchLabels: { app: stack.stackId } } })]),
  'a kind of that name of somebody else': stack => deliver(stack, [{ ...deployment({}, {}, { selector: { matchLabels: { app: 'x' } } }), apiVersion: 'example.com/v1' }]),
  'labels that the deployment knows': stack => deliver(stack, [{ ...deployment(), spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: Fn.ref('Labels') } } } }]),
};

export const bad: Bad = {
  'a label that pods lack': [stack => deliver(stack, [deployment({}, {}, { selector: { matchLabels: { app: 'web', tier: 'front' } } })]), '"tier" is "front" in the selector and missing on the pods'],
  'another value': [stack => deliver(stack, [deployment({}, {}, { selector: { matchLabels: { app: 'shop' } } })]), '"app" is "shop" in the selector and "web" on the pods'],
  'a StatefulSet': [stack => deliver(stack, [{ ...deployment({}, {}, { selector: { matchLabels: { app: 'x' } } }), kind: 'StatefulSet' }]), '"app" is "x" in the selector and "web" on the pods'],
  'a DaemonSet': [stack => deliver(stack, [{ ...deployment({}, {}, { selector: { matchLabels: { app: 'x' } } }), kind: 'DaemonSet' }]), '"app" is "x" in the selector and "web" on the pods'],
  'a ReplicaSet': [stack => deliver(stack, [{ ...deployment({}, {}, { selector: { matchLabels: { app: 'x' } } }), kind: 'ReplicaSet' }]), '"app" is "x" in the selector and "web" on the pods'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.selector.matchLabels'];
