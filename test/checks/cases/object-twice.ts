import { Bad, Good, deliver, deployment } from '../fixtures';

export const good: Good = {
  'two namespaces': stack => deliver(stack, [deployment(), { ...deployment(), metadata: { name: 'web', namespace: 'other' } }]),
  'two clusters': stack => [deliver(stack, [deployment()]), deliver(stack, [deployment()], 'other', 'Other')],
};

export const bad: Bad = {
  'two charts': [stack => [deliver(stack, [deployment()]), deliver(stack, [deployment()], 'platform', 'Other')], 'Stack/Manifest delivers it too'],
  'one chart': [stack => deliver(stack, [deployment(), deployment()]), 'it stands here twice'],
};
