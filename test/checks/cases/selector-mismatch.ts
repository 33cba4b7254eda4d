import { Bad, deliver, deployment, Good } from '../fixtures';

export const good: Good = {
  'the same labels': stack => deliver(stack, [deployment()]),
  'more labels on the pods': stack => deliver(stack, [deployment({}, {}, { selector: { matchLabels: {} } })]),
};

export const bad: Bad = {
  'a label that pods lack': [stack => deliver(stack, [deployment({}, {}, { selector: { matchLabels: { app: 'web', tier: 'front' } } })]), '"tier" is "front" in the selector and missing on the pods'],
  'another value': [stack => deliver(stack, [deployment({}, {}, { selector: { matchLabels: { app: 'shop' } } })]), '"app" is "shop" in the selector and "web" on the pods'],
};
