import { Schema } from '../../rig/engine/schema';

const schema = Schema.load();

test.each<[string, string, boolean]>([
  ['AWS::EKS::Cluster', 'Name', true],
  ['AWS::EKS::Cluster', 'Version', false],
  ['AWS::EKS::Cluster', 'RoleArn', true],
  ['AWS::EKS::Cluster', 'KubernetesNetworkConfig.IpFamily', true],
  ['AWS::EKS::Cluster', 'KubernetesNetworkConfig.ElasticLoadBalancing.Enabled', false],
  ['AWS::EKS::Cluster', 'AccessConfig.BootstrapClusterCreatorAdminPermissions', true],
  ['AWS::EKS::Cluster', 'AccessConfig.AuthenticationMode', false],
  ['AWS::EKS::Cluster', 'ResourcesVpcConfig.EndpointPublicAccess', false],
  ['AWS::EKS::Nodegroup', 'InstanceTypes', true],
  ['AWS::EKS::Nodegroup', 'ScalingConfig.MaxSize', false],
  ['AWS::EKS::AccessEntry', 'PrincipalArn', true],
  ['AWS::EKS::PodIdentityAssociation', 'RoleArn', false],
  ['AWS::IAM::Role', 'Description', false],
  ['AWS::EC2::LaunchTemplate', 'LaunchTemplateData.MetadataOptions.HttpTokens', false],
])('knows whether %s is made anew when %s changes', (type, path, expected) => {
  expect(schema.replaces(type, path.split('.'))).toBe(expected);
});

test('knows what Fn::GetAtt may ask for', () => {
  expect(Object.keys(schema.attributes('AWS::EKS::Cluster'))).toEqual(expect.arrayContaining(['Arn', 'Endpoint', 'CertificateAuthorityData', 'ClusterSecurityGroupId']));
});

test('accepts properties that are well formed', () => {
  expect(schema.problems('AWS::EKS::AccessEntry', {
    ClusterName: 'c', PrincipalArn: 'arn', AccessPolicies: [{ PolicyArn: 'p', AccessScope: { Type: 'cluster' } }],
  })).toEqual([]);
});

test.each<[string, { [name: string]: unknown }, string]>([
  ['a property that does not exist', { ClusterName: 'c', PrincipalArn: 'p', Color: 'red' }, 'extraneous key [Color] is not permitted'],
  ['one inside of a structure', { ClusterName: 'c', PrincipalArn: 'p', AccessPolicies: [{ PolicyArn: 'p', AccessScope: { Type: 'cluster', Kind: 'x' } }] },
    'extraneous key [AccessPolicies/0/AccessScope/Kind]'],
  ['a missing one', { ClusterName: 'c' }, 'required key [PrincipalArn] not found'],
  ['a list that is none', { ClusterName: 'c', PrincipalArn: 'p', KubernetesGroups: 'admins' }, '[KubernetesGroups] is not a list'],
  ['a text that is none', { ClusterName: { Name: 'c' }, PrincipalArn: 'p' }, '[ClusterName] is not a string'],
])('finds %s', (_, properties, problem) => {
  expect(schema.problems('AWS::EKS::AccessEntry', properties).join('; ')).toContain(problem);
});
