import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'a limit': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '100' } } }]),
  'a fixed number of nodes': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'static' }, spec: { replicas: 3 } }]),
  'a NodePool of somebody else': stack => deliver(stack, [{ apiVersion: 'example.com/v1', kind: 'NodePool', metadata: { name: 'other' }, spec: {} }]),
};

export const bad: Bad = {
  none: [stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { template: {} } }]), 'there is no limit of cpu'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.limits'];
