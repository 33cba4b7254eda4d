import { Bad, Good, fargateProfile } from '../fixtures';

export const good: Good = {
  'a namespace': stack => fargateProfile(stack, [{ Namespace: 'shop' }]),
};

export const bad: Bad = {
  'none': [stack => fargateProfile(stack, []), 'there are 0 selectors'],
  'no namespace': [stack => fargateProfile(stack, [{ Labels: [{ Key: 'a', Value: 'b' }] }]), 'a selector has no Namespace'],
};
