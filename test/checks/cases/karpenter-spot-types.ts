import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  categories: stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }, { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] }] } } } }]),
};

export const bad: Bad = {
  'two types': [stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }, { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m7i.large', 'm6i.large'] }] } } } }]), 'Spot nodes may be of 2 instance types only'],
};
