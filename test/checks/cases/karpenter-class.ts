import { Bad, Good, deliver } from '../fixtures';

const pool = (nodeClassRef: any) => ({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef } } } });
const nodeClass = (name: string) => ({ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name }, spec: { role: 'nodes' } });
const ref = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass' };

export const good: Good = {
  'the class': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'general' } } } } }, { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { role: 'nodes' } }]),
  'a class that somebody else delivers': stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'other' } } } } }]),
  'a class of Auto Mode': stack => deliver(stack, [pool({ group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'default' }), nodeClass('general')]),
  'a class of another group or kind': stack => deliver(stack, [pool({ group: 'example.com', kind: 'EC2NodeClass', name: 'x' }), pool({ group: 'karpenter.k8s.aws', kind: 'Other', name: 'x' }), nodeClass('general')]),
  'classes of another cluster': stack => [deliver(stack, [pool({ ...ref, name: 'x' })]), deliver(stack, [nodeClass('general')], 'elsewhere', 'Other')],
  'a name that the deployment knows': stack => deliver(stack, [pool({ ...ref, name: stack.stackId }), nodeClass('general')]),
};

export const bad: Bad = {
  'a typo': [stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: '1' }, template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'genral' } } } } }, { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { role: 'nodes' } }]), '"genral" is none of the classes "general"'],
  'none of two': [stack => deliver(stack, [pool({ ...ref, name: 'x' }), nodeClass('a'), nodeClass('b')]), '"x" is none of the classes'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.nodeClassRef'];
