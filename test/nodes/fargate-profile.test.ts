import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ManagedAddon } from '../../src/delivery/managed-addon';
import { FargateProfile, FargateProfileOptions } from '../../src/nodes/fargate-profile';
import { importedCluster, newCluster } from '../clusters';

let stack: Stack;
let cluster: eks.Cluster;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  cluster = newCluster(stack);
});

const template = () => Template.fromStack(stack);
const profile = (options: Partial<FargateProfileOptions> = {}, id = 'Profile') =>
  new FargateProfile(stack, id, { cluster, selectors: [{ namespace: 'shop' }], ...options });

test('a profile with selectors alone runs pods in the private subnets', () => {
  profile({ selectors: [{ namespace: 'shop' }, { namespace: 'team-*', labels: { 'b?': '*', 'example.com/a': '1' } }] });
  template().hasResourceProperties('AWS::EKS::FargateProfile', {
    Selectors: [{ Namespace: 'shop' }, { Namespace: 'team-*', Labels: [{ Key: 'b?', Value: '*' }, { Key: 'example.com/a', Value: '1' }] }],
    Subnets: cluster.vpc.privateSubnets.map(subnet => stack.resolve(subnet.subnetId)),
    FargateProfileName: Match.absent(),
  });
});

test('its role is for Fargate on behalf of this cluster\'s profiles only', () => {
  profile();
  const roles = template().findResources('AWS::IAM::Role', {
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'eks-fargate-pods.amazonaws.com' } }] } },
  });
  const [{ Properties: role }] = Object.values(roles);
  const arn = role.AssumeRolePolicyDocument.Statement[0].Condition.ArnLike['aws:SourceArn']['Fn::Join'][1];
  expect(arn.map((part: any) => typeof part === 'string' ? part : Object.values(part)[0]).join('')).toMatch(
    /^arn:AWS::Partition:eks:AWS::Region:AWS::AccountId:fargateprofile\/Cluster\w+\/\*$/);
  expect(JSON.stringify(role.ManagedPolicyArns)).toContain(':policy/AmazonEKSFargatePodExecutionRolePolicy');
});

test('profiles of a cluster wait for each other, those of another cluster do not', () => {
  const [one, two, three] = ['One', 'Two', 'Three'].map(id => profile({}, id));
  new FargateProfile(stack, 'Elsewhere', { cluster: importedCluster(stack), selectors: [{ namespace: 'shop' }] });
  cluster.addFargateProfile('Stock', { selectors: [{ namespace: 'x' }] });
  profile({}, 'AfterStock');

  const resources = template().toJSON().Resources;
  const waitsFor = (id: string) => Object.entries<any>(resources)
    .filter(([logicalId, resource]) => resource.Type === 'AWS::EKS::FargateProfile' && logicalId.includes(id))
    .flatMap(([, resource]) => resource.DependsOn as string[]).filter(other => resources[other].Type === 'AWS::EKS::FargateProfile');
  expect([one, two, three].map(({ node }) => waitsFor(node.id).map(id => id.replace(/Resource.*|[0-9A-F]{8}$/, '')))).toEqual([[], ['One'], ['Two']]);
  expect(waitsFor('Elsewhere')).toEqual([]);
  expect(waitsFor('AfterStock')).toEqual(expect.arrayContaining([expect.stringMatching(/^Three/), expect.stringMatching(/profileStock/)]));
});

test('CoreDNS waits for the profile that its pods run on', () => {
  profile({ selectors: [{ namespace: 'kube-system' }] });
  new ManagedAddon(stack, 'Dns', { cluster, addonName: 'coredns' });
  template().hasResource('AWS::EKS::Addon', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^Profile')]) });
});

test('name, role, tags and removal are said by props', () => {
  const role = iam.Role.fromRoleName(stack, 'Existing', 'fargate');
  const made = profile({ fargateProfileName: 'shop', podExecutionRole: role, tags: { b: '2', a: '1' }, removalPolicy: RemovalPolicy.RETAIN });
  template().hasResource('AWS::EKS::FargateProfile', {
    DeletionPolicy: 'Retain',
    Properties: { FargateProfileName: 'shop', Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] },
  });
  expect(made.fargateProfileName).toBe('shop');
  expect(JSON.stringify(template().toJSON())).not.toContain('AmazonEKSFargatePodExecutionRolePolicy');
});

test('a name that CloudFormation makes is read from the ARN', () => {
  expect(stack.resolve(profile().fargateProfileName)).toEqual({
    'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [expect.stringMatching(/^Profile/), 'Arn'] }] }],
  });
});

test('an imported cluster gets a profile in its VPC', () => {
  stack = new Stack(new App(), 'Other');
  new FargateProfile(stack, 'Profile', { cluster: importedCluster(stack), selectors: [{ namespace: 'shop' }] });
  template().hasResourceProperties('AWS::EKS::FargateProfile', { ClusterName: 'existing', Subnets: ['subnet-3', 'subnet-4'] });
});

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 'v']));

test.each<[string, Partial<FargateProfileOptions>, string]>([
  ['no selectors', { selectors: [] }, '"selectors" has 0 selectors: give 1 to 5'],
  ['six selectors', { selectors: Array(6).fill({ namespace: 'a' }) }, '"selectors" has 6 selectors: give 1 to 5, and another profile for more'],
  ['a namespace in capitals', { selectors: [{ namespace: 'Shop' }] }, '"selectors[0].namespace" has "Shop": give a namespace, in which "*"'],
  ['a wildcard of another kind', { selectors: [{ namespace: 'team-[ab]' }] }, '"selectors[0].namespace" has "team-[ab]"'],
  ['six labels', { selectors: [{ namespace: 'a', labels: many(6) }] }, '"selectors[0].labels" has 6 labels: give at most 5'],
  ['a label key with a blank', { selectors: [{ namespace: 'a', labels: { 'b c': 'd' } }] }, '"selectors[0].labels" has "b c": give the key of a label'],
  ['a label value with a brace', { selectors: [{ namespace: 'a', labels: { b: '{c,d}' } }] }, '"selectors[0].labels.b" has "{c,d}": give the value of a label'],
  ['public subnets', { subnets: { subnetType: ec2.SubnetType.PUBLIC } }, '"subnets" selects public subnets, where Fargate runs no pods: select private ones'],
  ['a name that EKS keeps', { fargateProfileName: 'eks-shop' }, '"fargateProfileName" is "eks-shop"'],
])('%s are refused, and nothing is made', (_, options, message) => {
  expect(() => profile(options)).toThrow(message);
  expect(stack.node.tryFindChild('Profile')?.node.findAll().filter(CfnResource.isCfnResource)).toEqual([]);
});

test('a region without Fargate is refused', () => {
  stack = new Stack(new App(), 'Gov', { env: { region: 'us-gov-west-1', account: '123456789012' } });
  expect(() => new FargateProfile(stack, 'Profile', { cluster: importedCluster(stack), selectors: [{ namespace: 'a' }] }))
    .toThrow('"region" of the stack is us-gov-west-1, where EKS has no Fargate: use a node group');
});
