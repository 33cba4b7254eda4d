import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { platformOf } from './fixtures';
import { Platform } from '../../src/checks/platform';
import { readTemplates } from '../../src/checks/resource';

const manifest = (ClusterName: any, ...objects: any[]) =>
  ({ Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName, Manifest: JSON.stringify(objects) } });
const clusterOf = (Properties: any) => ({ Type: 'AWS::EKS::Cluster', Properties });
const nodesOf = (ClusterName: any) => ({ Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName } });

describe('a reference', () => {
  const platform = platformOf(
    {
      Resources: { Cluster: clusterOf({}) },
      Outputs: {
        Name: { Value: { Ref: 'Cluster' }, Export: { Name: 'Stack:Name' } },
        Joined: { Value: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-Arn' } } },
        Plain: { Value: 'x' },
        Text: { Value: 'x', Export: { Name: 'Stack:Text' } },
      },
    },
    { Resources: { Cluster: { Type: 'AWS::ECS::Cluster' } } },
    {},
  );
  const [cluster, other] = platform.resources;
  const [first, second, empty] = platform.templates;

  test.each<[string, any]>([
    ['Ref', { Ref: 'Cluster' }],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Cluster', 'Arn'] }],
    ['Fn::GetAtt of a text', { 'Fn::GetAtt': 'Cluster.Arn' }],
  ])('by %s is to a resource of the same stack', (_, reference) => {
    expect(platform.target(reference, first)).toBe(cluster);
    expect(platform.target(reference, second)).toBe(other);
    expect(platform.target(reference, empty)).toBeUndefined();
  });

  test('by an import is to what the other stack exports', () => {
    expect(platform.target({ 'Fn::ImportValue': 'Stack:Name' }, empty)).toBe(cluster);
    expect(platform.target({ 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}-Arn' } }, second)).toBe(cluster);
  });

  test.each<[string, any]>([
    ['an import of what no stack of the app exports', { 'Fn::ImportValue': 'Vpc' }],
    ['an import of a text', { 'Fn::ImportValue': 'Stack:Text' }],
    ['a parameter', { Ref: 'Name' }],
    ['an attribute of something that is put in', { 'Fn::GetAtt': [{ Ref: 'Name' }, 'Arn'] }],
    ['a text', 'Cluster'],
    ['nothing', undefined],
  ])('is to no resource: %s', (_, value) => {
    expect(platform.target(value, first)).toBeUndefined();
  });
});

describe('nested stacks', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const make = (scope: Stack, id: string, type: string, properties: any = {}) => new CfnResource(scope, id, { type, properties });
  const inner = new NestedStack(stack, 'Inner');
  const within = make(inner, 'Within', 'AWS::EKS::Cluster');
  const outside = make(stack, 'Outside', 'AWS::EKS::Cluster');
  make(stack, 'OfWithin', 'AWS::EKS::Nodegroup', { ClusterName: within.ref });
  make(inner, 'OfOutside', 'AWS::EKS::Nodegroup', { ClusterName: outside.ref });
  make(stack, 'OfAnother', 'AWS::EKS::Nodegroup', { ClusterName: make(new NestedStack(stack, 'Second'), 'Another', 'AWS::EKS::Cluster').ref });
  make(new NestedStack(inner, 'Deeper'), 'OfOutsideToo', 'AWS::EKS::Nodegroup', { ClusterName: outside.ref });
  const platform = new Platform(readTemplates(app.synth().stacks.map(({ templateFullPath: templatePath }) => ({ path: 'Shop', templatePath }))));
  const groupsOf = (name: string) => platform.ofCluster(platform.clusters.find(({ resource }) => resource.logicalId === name)!, 'AWS::EKS::Nodegroup').map(({ logicalId }) => logicalId);

  test('take references from the stack around them, at any depth', () => expect(groupsOf('Outside')).toEqual(['OfOutside', 'OfOutsideToo']));
  test('give references to the stack around them, each its own', () => expect(['Within', 'Another'].map(groupsOf)).toEqual([['OfWithin'], ['OfAnother']]));
});

describe('a cluster', () => {
  const platform = platformOf({
    Resources: {
      Named: clusterOf({ Name: 'named', Version: '1.35' }),
      Unnamed: clusterOf({ Version: { Ref: 'Version' }, ComputeConfig: { Enabled: true } }),
      ByReference: nodesOf({ Ref: 'Unnamed' }),
      ByName: nodesOf('named'),
      Elsewhere: nodesOf('elsewhere'),
      Nowhere: nodesOf(undefined),
    },
  });
  const [named, unnamed] = platform.clusters;
  const nodes = platform.ofType('AWS::EKS::Nodegroup');

  test('is known by reference and by name; what names none is of none', () => {
    const found = nodes.map(({ properties, template }) => platform.cluster(properties.ClusterName, template));
    expect(found).toEqual([unnamed, named, undefined, undefined]);
  });

  test('has its own nodes', () => {
    expect([named, unnamed].map(cluster => platform.ofCluster(cluster, 'AWS::EKS::Nodegroup').map(({ logicalId }) => logicalId))).toEqual([['ByName'], ['ByReference']]);
  });

  test('has a version where it is known at synth', () => {
    expect([named, unnamed].map(({ version, isAutoMode }) => [version, isAutoMode])).toEqual([['1.35', false], [undefined, true]]);
  });

  test('of aws-eks is seen as CloudFormation would name it', () => {
    const [{ resource, version, properties }] = platformOf({
      Resources: {
        Cluster: {
          Type: 'Custom::AWSCDK-EKS-Cluster',
          Properties: {
            Config: {
              name: 'shop',
              version: '1.34',
              preference: null,
              roleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
              resourcesVpcConfig: { subnetIds: ['a', { Ref: 'Subnet' }], myRef: {} },
            },
          },
        },
      },
    }).clusters;
    expect([resource.path, version]).toEqual(['Stack/Cluster', '1.34']);
    expect(properties).toEqual({
      Name: 'shop',
      Version: '1.34',
      Preference: null,
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ResourcesVpcConfig: { SubnetIds: ['a', { Ref: 'Subnet' }], MyRef: {} },
    });
  });
});

test('a namespace that is not named is the default one; what is in another namespace or cluster is not beside', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default' }, spec: {} };
  const platform = platformOf({
    Resources: {
      Manifest: manifest('one', service, pod, { ...pod, metadata: { name: 'api', namespace: 'shop' } }),
      Other: manifest('two', { ...pod, metadata: { name: 'other' } }),
    },
  });
  const [web] = platform.ofKind('Service');
  expect(platform.beside(web, 'Pod', 'Job').map(({ name }) => name)).toEqual(['Pod "default/web"']);
  expect(platform.podsBeside(web).map(({ object }) => object.name)).toEqual(['Pod "default/web"']);
  expect(platform.ofKindIn('"two"', 'Pod').map(({ name }) => name)).toEqual(['Pod "other"']);
});

test('charts, managed add-ons and capabilities are what is installed in a cluster', () => {
  const platform = platformOf({
    Resources: {
      Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: 'one', Chart: 'karpenter' } },
      Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: 'one', AddonName: 'vpc-cni' } },
      Capability: { Type: 'AWS::EKS::Capability', Properties: { ClusterName: 'one', Type: 'ARGOCD' } },
      Other: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: 'two', AddonName: 'coredns' } },
    },
  });
  expect([...platform.installed('"one"')]).toEqual(['karpenter', 'vpc-cni', 'ARGOCD']);
  expect([...platform.installed('"three"')]).toEqual([]);
});
