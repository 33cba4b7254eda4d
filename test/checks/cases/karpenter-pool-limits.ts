import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a limit': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '100' } } }]),
};

export const bad: Bad = {
  none: [stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { template: {} } }]), 'there is no limit of cpu'],
};
