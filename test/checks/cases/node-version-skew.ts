import { Fn } from 'aws-cdk-lib';
import { Bad, cluster, Good, nodeGroup, resource } from '../fixtures';

export const good: Good = {
  'the same version': stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, Version: '1.36' }),
  'three versions older': stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, Version: '1.33' }),
  'kube-proxy of the version of the cluster': stack => resource(stack, 'Proxy', 'AWS::EKS::Addon', { ClusterName: cluster(stack).ref, AddonName: 'kube-proxy', AddonVersion: 'v1.36.0-eksbuild.2' }),
  'another add-on': stack => resource(stack, 'Dns', 'AWS::EKS::Addon', { ClusterName: cluster(stack).ref, AddonName: 'coredns', AddonVersion: 'v1.11.4-eksbuild.2' }),
};

export const bad: Bad = {
  'newer nodes': [stack => nodeGroup(stack, { ClusterName: cluster(stack, { Version: '1.35' }).ref, Version: '1.36' }), 'Version is 1.36, and that of the cluster 1.35'],
  'nodes of long ago': [stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, Version: '1.32' }), 'Version is 1.32'],
  'kube-proxy of long ago': [stack => resource(stack, 'Proxy', 'AWS::EKS::Addon', { ClusterName: cluster(stack).ref, AddonName: 'kube-proxy', AddonVersion: 'v1.29.0-eksbuild.2' }), 'AddonVersion is v1.29.0-eksbuild.2, and that of the cluster 1.36'],
  'by one parameter for both': [stack => [cluster(stack, { Name: Fn.ref('Name'), Version: '1.34' }), nodeGroup(stack, { ClusterName: Fn.ref('Name'), Version: '1.36' })], 'Version is 1.36'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Version', 'AddonVersion'];
