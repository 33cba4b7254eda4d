import { Bad, Good, cluster, resource, nodeGroup } from '../fixtures';

export const good: Good = {
  'it waits': stack => { const dns = resource(stack, 'coredns', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'coredns' }); cluster(stack); dns.addDependency(nodeGroup(stack)); },
  'no nodes': stack => [cluster(stack), resource(stack, 'coredns', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'coredns' })],
  'another add-on': stack => [cluster(stack), nodeGroup(stack), resource(stack, 'vpc-cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni' })],
};

export const bad: Bad = {
  'it does not wait': [stack => [cluster(stack), nodeGroup(stack), resource(stack, 'coredns', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'coredns' })], 'it does not wait for Stack/Nodes'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['DependsOn'];
