import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a release': stack => deliver(stack, [{ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { amiSelectorTerms: [{ alias: 'al2023@v20260801' }] } }]),
};

export const bad: Bad = {
  latest: [stack => deliver(stack, [{ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { amiSelectorTerms: [{ alias: 'al2023@latest' }] } }]), 'the alias is "al2023@latest"'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.amiSelectorTerms'];
