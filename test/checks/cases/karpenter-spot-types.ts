import { Bad, Good, deliver } from '../fixtures';

const pool = (requirements: any[], apiVersion = 'karpenter.sh/v1') => ({ apiVersion, kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { requirements } } } });
const spot = { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot', 'on-demand'] };
const types = (count: number, operator = 'In') => ({ key: 'node.kubernetes.io/instance-type', operator, values: Array.from({ length: count }, (_, i) => `m${i}.large`) });

export const good: Good = {
  'categories': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }, { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] }] } } } }]),
  'fifteen types': stack => deliver(stack, [pool([spot, types(15)])]),
  'on demand': stack => deliver(stack, [pool([{ ...spot, values: ['on-demand'] }, types(2)])]),
  'another label with such a value': stack => deliver(stack, [pool([{ key: 'team', operator: 'In', values: ['spot'] }, types(2)])]),
  'all but two types': stack => deliver(stack, [pool([spot, types(2, 'NotIn')])]),
  'a NodePool of Auto Mode or something else': stack => deliver(stack, [pool([spot, types(2)], 'example.com/v1')]),
};

export const bad: Bad = {
  'two types': [stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }, { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m7i.large', 'm6i.large'] }] } } } }]), 'Spot nodes may be of 2 instance types only'],
  'fourteen types, where on demand is allowed too': [stack => deliver(stack, [pool([spot, types(14)])]), 'Spot nodes may be of 14 instance types only'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.requirements'];
