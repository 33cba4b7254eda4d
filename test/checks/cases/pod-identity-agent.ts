import { Bad, cluster, Good, release, resource } from '../fixtures';

export const good: Good = {
  'the agent': stack => [cluster(stack), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), resource(stack, 'eks-pod-identity-agent', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'eks-pod-identity-agent' })],
  'a cluster that exists': stack => resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }),
  'Auto Mode': stack => [cluster(stack, { ComputeConfig: { Enabled: true } }), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' })],
  'its chart': stack => [resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: cluster(stack).ref, Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' }), release(stack, 'eks-pod-identity-agent')],
};

export const bad: Bad = {
  'no agent': [stack => [cluster(stack), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'shop', ServiceAccount: 'web', RoleArn: 'arn' })], 'cluster Stack/Cluster has no add-on eks-pod-identity-agent'],
  'an association of an add-on': [stack => [cluster(stack), resource(stack, 'Ebs', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'aws-ebs-csi-driver', PodIdentityAssociations: [{ ServiceAccount: 'ebs-csi-controller-sa', RoleArn: 'arn' }] })], 'cluster Stack/Cluster has no add-on eks-pod-identity-agent'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = [''];
