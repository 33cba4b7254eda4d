import { Check } from '../check';
import { inPods } from '../find';

export const BARE_POD: Check = {
  id: 'bare-pod',
  title: 'Every pod has something that brings it back',
  severity: 'warning',
  fix: 'Make it a Deployment, a StatefulSet or a Job',
  reason: 'A pod of its own is gone with its node, and nothing starts it again.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inPods(platform, ({ kind }) => kind === 'Pod' && ['', 'nothing starts this pod again when its node goes']),
};
