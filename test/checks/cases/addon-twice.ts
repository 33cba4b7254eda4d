import { Bad, Good, resource } from '../fixtures';

export const good: Good = {
  'two add-ons': stack => [resource(stack, 'vpc-cni', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'vpc-cni' }), resource(stack, 'coredns', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'coredns' })],
};

export const bad: Bad = {
  'one twice': [stack => [resource(stack, 'coredns', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'coredns' }), resource(stack, 'Dns', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'coredns' })], 'Stack/coredns installs coredns too'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['AddonName'];
