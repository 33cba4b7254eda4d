import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'nothing is said': stack => deliver(stack, [{ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { role: 'nodes' } }]),
};

export const bad: Bad = {
  'two hops': [stack => deliver(stack, [{ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { metadataOptions: { httpPutResponseHopLimit: 2 } } }]), 'httpPutResponseHopLimit is 2'],
  'tokens are optional': [stack => deliver(stack, [{ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { metadataOptions: { httpTokens: 'optional' } } }]), 'httpTokens is optional'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.metadataOptions'];
