import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { PlatformCluster } from '../../src/cluster/platform-cluster';

/*
 * What CloudFormation cannot change on a cluster, with what PlatformCluster says by itself. A release that changes one of these would
 * ask for a new cluster in place of every one that stands: the list may grow, its values stay for ever.
 */
const CREATE_ONLY = {
  'Name': 'Shop-Cluster',
  'RoleArn': { 'Fn::GetAtt': ['ClusterRoleFA261979', 'Arn'] },
  'EncryptionConfig': undefined,
  'BootstrapSelfManagedAddons': false,
  'AccessConfig.BootstrapClusterCreatorAdminPermissions': false,
  'KubernetesNetworkConfig.IpFamily': 'ipv4',
  'KubernetesNetworkConfig.ServiceIpv4Cidr': undefined,
};

test('what cannot be changed on a cluster keeps its default for ever', () => {
  const stack = new Stack(new App(), 'Shop');
  new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36 });
  const [[logicalId, cluster]] = Object.entries<any>(Template.fromStack(stack).findResources('AWS::EKS::Cluster'));
  expect(logicalId).toBe('ClusterEB0386A7');
  for (const [path, value] of Object.entries(CREATE_ONLY)) {
    expect([path, path.split('.').reduce((object, key) => object?.[key], cluster.Properties)]).toEqual([path, value]);
  }
});

test('the function that delivers keeps its place in the template, since CloudFormation refuses a changed ServiceToken', () => {
  const stack = new Stack(new App(), 'Shop');
  const cluster = new PlatformCluster(stack, 'Cluster', { version: eks.KubernetesVersion.V1_36 });
  expect(stack.resolve(cluster.delivery.serviceToken)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ClusterDeliveryHandler/), 'Arn'] });
});
