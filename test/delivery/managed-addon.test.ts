import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Bootstrap, BootstrapStage, ManagedAddon, ManagedAddonProps, ResolveConflicts } from '../../src';
import { newCluster } from '../clusters';

let stack: Stack;
let cluster: eks.Cluster;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  cluster = newCluster(stack);
});

test('an add-on without further words takes EKS\'s version and keeps what others have set', () => {
  new ManagedAddon(stack, 'Addon', { cluster, addonName: 'metrics-server' });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', {
    AddonName: 'metrics-server', ResolveConflicts: 'PRESERVE', AddonVersion: Match.absent(), ConfigurationValues: Match.absent(), PreserveOnDelete: Match.absent(),
  });
});

test('configuration is an object and arrives as JSON with sorted keys', () => {
  const bucket = new s3.Bucket(stack, 'Bucket');
  new ManagedAddon(stack, 'Addon', { cluster, addonName: 'x', configurationValues: { b: { d: 1, c: bucket.bucketName }, a: true } });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Addon', {
    ConfigurationValues: { 'Fn::Join': ['', ['{"a":true,"b":{"c":"', { Ref: Match.stringLikeRegexp('Bucket') }, '","d":1}}']] },
  });
});

test('an add-on waits for its role and the policies that are added to it later', () => {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
  new ManagedAddon(stack, 'Addon', { cluster, addonName: 'x', podIdentities: [{ serviceAccount: 'sa', role }] });
  new s3.Bucket(stack, 'Bucket').grantRead(role);

  const [addon] = Object.values(Template.fromStack(stack).findResources('AWS::EKS::Addon', { Properties: { AddonName: 'x' } }));
  expect(addon.Properties.PodIdentityAssociations).toEqual([{ ServiceAccount: 'sa', RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } }]);
  expect(addon.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^RoleDefaultPolicy/)]));
});

test('what goes away with it, and what stays, is said by props', () => {
  new ManagedAddon(stack, 'Addon', {
    cluster, addonName: 'x', preserveOnDelete: true, removalPolicy: RemovalPolicy.RETAIN, resolveConflicts: ResolveConflicts.OVERWRITE,
    namespace: 'elsewhere', tags: { b: '2', a: '1' },
  });
  Template.fromStack(stack).hasResource('AWS::EKS::Addon', {
    DeletionPolicy: 'Retain',
    Properties: {
      PreserveOnDelete: true, ResolveConflicts: 'OVERWRITE', NamespaceConfig: { Namespace: 'elsewhere' },
      Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }],
    },
  });
});

test.each<[string, Partial<ManagedAddonProps>, string]>([
  ['a name with blanks', { addonName: 'VPC CNI' }, '"addonName" is "VPC CNI": give the name of an EKS add-on, such as "vpc-cni"'],
  ['a version of the software', { addonVersion: '1.23.0' }, '"addonVersion" is "1.23.0": give one like "v1.23.0-eksbuild.1", or leave it out'],
  ['a namespace in capitals', { namespace: 'X' }, '"namespace" is "X": give lower-case letters'],
])('%s is refused', (_, props, message) => {
  expect(() => new ManagedAddon(stack, 'Addon', { cluster, addonName: 'x', ...props })).toThrow(message);
});

test('networking comes before capacity, capacity before the rest, and independent things stay parallel', () => {
  const network = new ManagedAddon(stack, 'Network', { cluster, addonName: 'vpc-cni', after: BootstrapStage.CONTROL_PLANE, stage: BootstrapStage.NETWORKING });
  const nodes = new CfnResource(stack, 'Nodes', { type: 'Test::Nodes' });
  new ManagedAddon(stack, 'Dns', { cluster, addonName: 'coredns' });
  new ManagedAddon(stack, 'Storage', { cluster, addonName: 'ebs' });
  // in any order of construction
  Bootstrap.of(cluster).add(BootstrapStage.CAPACITY, nodes);
  Bootstrap.of(cluster).require(BootstrapStage.NETWORKING, nodes);
  expect(network).toBeDefined();

  const resources = Template.fromStack(stack).toJSON().Resources;
  const of = (prefix: string) => Object.entries<any>(resources).find(([id, r]) => id.startsWith(prefix) && /Addon|Nodes/.test(r.Type))![1].DependsOn;
  expect(of('Nodes')).toEqual([expect.stringMatching(/^Network/)]);
  expect(of('Dns')).toEqual(['Nodes']);
  expect(of('Storage')).toEqual(['Nodes']);
});

test('where a floor is empty, the one below is waited for', () => {
  const addon = new CfnResource(stack, 'Network', { type: 'Test::Network' });
  Bootstrap.of(cluster).add(BootstrapStage.NETWORKING, addon);
  const late = new CfnResource(stack, 'Late', { type: 'Test::Late' });
  Bootstrap.of(cluster).require(BootstrapStage.CONTROLLERS, late);
  Template.fromStack(stack).hasResource('Test::Late', { DependsOn: ['Network'] });
});

test('the cluster\'s stack never waits for a stack that uses the cluster', () => {
  const app = Stack.of(cluster).node.root as App;
  const other = new Stack(app, 'Other');
  new ManagedAddon(other, 'Addon', { cluster, addonName: 'x' });
  new ManagedAddon(stack, 'Own', { cluster, addonName: 'y', after: BootstrapStage.SYSTEM });
  app.synth();
  expect(stack.dependencies).toEqual([]);
  expect(other.dependencies).toEqual([stack]);
});
