import { Stack } from 'aws-cdk-lib';
import { Bad, cluster, deliver, fargateProfile, Good, nodeGroup, release, resource, template } from '../fixtures';

const associate = (stack: Stack, account: string, namespace = 'kube-system') =>
  resource(stack, 'Association', 'AWS::EKS::PodIdentityAssociation', { ClusterName: 'platform', Namespace: namespace, ServiceAccount: account, RoleArn: 'arn' });
const annotations = { 'eks.amazonaws.com/role-arn': 'arn' };

const onLimitedNodes = (stack: Stack) => [cluster(stack), nodeGroup(stack, { LaunchTemplate: { Id: template(stack, { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } }) } })];
const loadBalancerController = (stack: Stack, values: any) => release(stack, 'aws-load-balancer-controller', { serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn' } }, ...values });

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
  'a load balancer controller that knows where it is': stack => [...onLimitedNodes(stack), loadBalancerController(stack, { region: 'eu-west-1', vpcId: 'vpc-1' })],
  'one that finds its VPC by tags': stack => [...onLimitedNodes(stack), loadBalancerController(stack, { region: 'eu-west-1', vpcTags: { Name: 'shop' } })],
  'one on the network of the host': stack => [...onLimitedNodes(stack), loadBalancerController(stack, { hostNetwork: true })],
  'one on nodes that answer': stack => [cluster(stack), nodeGroup(stack), loadBalancerController(stack, {})],
};

export const bad: Bad = {
  'nothing': [stack => [cluster(stack), release(stack, 'karpenter')], 'nothing gives a role to its service account "karpenter"'],
  'nothing, for a packaged chart': [
    stack => [cluster(stack), release(stack, 'karpenter', {}, 'platform', { Chart: 'https://charts.example.com/karpenter-v1.14.1.tgz' })], 'its service account "karpenter"',
  ],
  'an association with another account': [stack => [cluster(stack), release(stack, 'external-dns', { serviceAccount: { name: 'dns' } }), associate(stack, 'external-dns')], 'its service account "dns"'],
  'an association in another namespace': [stack => [cluster(stack), release(stack, 'aws-ebs-csi-driver'), associate(stack, 'ebs-csi-controller-sa', 'storage')], 'its service account "ebs-csi-controller-sa"'],
  'an add-on': [stack => [cluster(stack), resource(stack, 'Ebs', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'aws-ebs-csi-driver' })], 'nothing gives a role to its service account "ebs-csi-controller-sa"'],
  'a load balancer controller that asks its node where it is': [stack => [...onLimitedNodes(stack), loadBalancerController(stack, { region: 'eu-west-1' })], 'vpcId is not given, and the nodes have a hop limit of 1'],
  'one on Fargate, where no node answers': [stack => [cluster(stack), fargateProfile(stack, [{ Namespace: 'kube-system' }]), loadBalancerController(stack, {})], 'region and vpcId are not given, and there is nobody to ask on Fargate'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['', 'PodIdentityAssociations', 'values'];
