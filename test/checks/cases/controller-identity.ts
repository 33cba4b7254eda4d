import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, deliver, Good, release, resource } from '../fixtures';

const associate = (stack: Stack, account: string, namespace = 'kube-system') =>
  resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: namespace, ServiceAccount: account, RoleArn: 'arn' });
const annotations = { 'eks.amazonaws.com/role-arn': 'arn' };

export const good: Good = {
  'an association with the account that the values name': stack => [cluster(stack), release(stack, 'external-dns', { serviceAccount: { name: 'dns' } }), associate(stack, 'dns')],
  'an association with the account that the chart makes': stack => [cluster(stack), release(stack, 'karpenter'), associate(stack, 'karpenter')],
  'a release with another name, from a registry': stack => [
    cluster(stack), release(stack, 'external-dns', {}, 'platform', { Release: 'names', Chart: 'oci://registry.example.com/external-dns' }), associate(stack, 'names-external-dns'),
  ],
  'a release with another name': stack => [cluster(stack), release(stack, 'external-dns', {}, 'platform', { Release: 'names' }), associate(stack, 'names-external-dns')],
  'a chart with a name of its own for it': stack => [cluster(stack), release(stack, 'aws-efs-csi-driver'), associate(stack, 'efs-csi-controller-sa')],
  'an annotation in the values': stack => [cluster(stack), release(stack, 'cluster-autoscaler', { rbac: { serviceAccount: { name: 'ca', annotations } } })],
  'an annotation of the account': stack => [
    cluster(stack), release(stack, 'aws-load-balancer-controller', { enableServiceMutatorWebhook: false, serviceAccount: { create: false, name: 'lbc' } }),
    deliver(stack, [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'lbc', namespace: 'kube-system', annotations } }]),
  ],
  'a name that the deployment knows': stack => [cluster(stack), release(stack, 'external-dns', { serviceAccount: { name: stack.stackId } })],
  'another provider': stack => [cluster(stack), release(stack, 'external-dns', { provider: { name: 'cloudflare' } })],
  'a cluster of somebody else': stack => release(stack, 'karpenter', {}, 'elsewhere'),
  'a chart that calls nobody': stack => [cluster(stack), release(stack, 'metrics-server')],
  'an add-on with a role': stack => [cluster(stack), resource(stack, 'Ebs', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'aws-ebs-csi-driver', ServiceAccountRoleArn: 'arn' }), resource(stack, 'Efs', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'aws-efs-csi-driver', PodIdentityAssociations: [{ ServiceAccount: 'efs-csi-controller-sa', RoleArn: 'arn' }] })],
  'an add-on whose account is associated': stack => [cluster(stack), resource(stack, 'Ebs', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'aws-ebs-csi-driver' }), resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: 'kube-system', ServiceAccount: 'ebs-csi-controller-sa', RoleArn: 'arn' })],
  'an add-on that needs none': stack => [cluster(stack), resource(stack, 'Dns', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'coredns' })],
};

export const bad: Bad = {
  'nothing': [stack => [cluster(stack), release(stack, 'karpenter')], 'nothing gives a role to its service account "karpenter"'],
  'nothing, for a packaged chart': [
    stack => [cluster(stack), release(stack, 'karpenter', {}, 'platform', { Chart: 'https://charts.example.com/karpenter-v1.14.1.tgz' })], 'its service account "karpenter"',
  ],
  'an association with another account': [stack => [cluster(stack), release(stack, 'external-dns', { serviceAccount: { name: 'dns' } }), associate(stack, 'external-dns')], 'its service account "dns"'],
  'an association in another namespace': [stack => [cluster(stack), release(stack, 'aws-ebs-csi-driver'), associate(stack, 'ebs-csi-controller-sa', 'storage')], 'its service account "ebs-csi-controller-sa"'],
  'an add-on': [stack => [cluster(stack), resource(stack, 'Ebs', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'aws-ebs-csi-driver' })], 'nothing gives a role to its service account "ebs-csi-controller-sa"'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['', 'PodIdentityAssociations'];
