import { Bad, Good, fargateProfile } from '../fixtures';

const labels = (count: number) => Array.from({ length: count }, (_, i) => ({ Key: `label${i}`, Value: 'x' }));

export const good: Good = {
  'a namespace': stack => fargateProfile(stack, [{ Namespace: 'shop' }]),
  'five selectors with five labels': stack => fargateProfile(stack, Array.from({ length: 5 }, () => ({ Namespace: 'shop', Labels: labels(5) }))),
};

export const bad: Bad = {
  'none': [stack => fargateProfile(stack, []), 'there are 0 selectors'],
  'no namespace': [stack => fargateProfile(stack, [{ Labels: [{ Key: 'a', Value: 'b' }] }]), 'a selector has no Namespace'],
  'six selectors': [stack => fargateProfile(stack, Array.from({ length: 6 }, () => ({ Namespace: 'shop' }))), 'there are 6 selectors'],
  'an empty namespace beside a good one': [stack => fargateProfile(stack, [{ Namespace: 'shop' }, { Namespace: '' }]), 'a selector has no Namespace'],
  'six labels beside one': [stack => fargateProfile(stack, [{ Namespace: 'shop', Labels: labels(1) }, { Namespace: 'shop', Labels: labels(6) }]), 'label'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Selectors'];
