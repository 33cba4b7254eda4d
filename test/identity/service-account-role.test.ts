import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ServiceAccountRole, ServiceAccountRoleProps } from '../../src';
import { clusterWithoutAgent, importedCluster, newCluster } from '../clusters';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});
const IRSA = eks.IdentityType.IRSA;

test('a role is granted to like any other, and only pods of its service account get it', () => {
  const role = new ServiceAccountRole(stack, 'Orders', { cluster: newCluster(stack), namespace: 'shop', serviceAccount: 'orders' });
  new s3.Bucket(stack, 'Bucket').grantRead(role);

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
    Namespace: 'shop', ServiceAccount: 'orders', RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersRole'), 'Arn'] },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' }, Effect: 'Allow' }] },
  });
  template.hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: Match.stringLikeRegexp('^OrdersRole') }] });
  template.resourceCountIs('AWS::Lambda::Function', 0);
  expect(role.annotations).toEqual({});
});

test('with IRSA the trust of a new cluster is one Fn::Sub string, without a custom resource', () => {
  const role = new ServiceAccountRole(stack, 'Orders', { cluster: newCluster(stack), namespace: 'shop', serviceAccount: 'orders', identityType: IRSA });

  const template = Template.fromStack(stack);
  const trust = Object.values(template.findResources('AWS::IAM::Role')).map(r => r.Properties.AssumeRolePolicyDocument['Fn::Sub']).find(sub => sub);
  expect(JSON.parse(trust[0])).toEqual({
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: '${Provider}' },
      Condition: { StringEquals: { '${Issuer}:aud': 'sts.amazonaws.com', '${Issuer}:sub': 'system:serviceaccount:shop:orders' } },
    }],
  });
  expect(Object.keys(trust[1])).toEqual(['Provider', 'Issuer']);
  template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 0);
  expect(Object.keys(template.toJSON().Resources).filter(id => id.includes('CfnJson'))).toEqual([]);
  expect(Object.keys(role.annotations)).toEqual(['eks.amazonaws.com/role-arn']);
});

test('with IRSA the trust of an imported cluster is an ordinary policy', () => {
  new ServiceAccountRole(stack, 'Orders', { cluster: importedCluster(stack), namespace: 'shop', serviceAccount: 'orders', identityType: IRSA });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [Match.objectLike({ Condition: { StringEquals: { 'oidc.example/id/1:aud': 'sts.amazonaws.com', 'oidc.example/id/1:sub': 'system:serviceaccount:shop:orders' } } })],
    },
  });
});

test('an existing role, another account\'s role, a session policy: Pod Identity takes them', () => {
  const role = iam.Role.fromRoleName(stack, 'Role', 'existing');
  const targetRoleArn = stack.formatArn({ service: 'iam', region: '', account: '123456789012', resource: 'role', resourceName: 'far' });
  new ServiceAccountRole(stack, 'Orders', {
    cluster: importedCluster(stack), serviceAccount: 'orders', role, targetRoleArn, sessionTags: false,
    sessionPolicy: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })] }),
  });

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
    Namespace: 'default', DisableSessionTags: true, TargetRoleArn: Match.anyValue(), Policy: Match.serializedJson(Match.objectLike({ Version: '2012-10-17' })),
  });
});

test.each<[string, Partial<ServiceAccountRoleProps>, string]>([
  ['a service account in capitals', { serviceAccount: 'Orders' }, '"serviceAccount" is "Orders": give lower-case letters'],
  ['a namespace with a dot', { namespace: 'a.b' }, '"namespace" is "a.b": give lower-case letters'],
  ['a target that is no role', { targetRoleArn: 'arn:aws:iam::123456789012:user/x' }, '"targetRoleArn" is "arn:aws:iam::123456789012:user/x", which is not the ARN of an IAM role'],
  ['a session policy with session tags', { sessionPolicy: new iam.PolicyDocument() }, '"sessionPolicy" needs "sessionTags: false"'],
  ['a target role with IRSA', { identityType: IRSA, targetRoleArn: 'x' }, '"targetRoleArn" exists with Pod Identity only'],
])('%s is refused', (_, props, message) => {
  expect(() => new ServiceAccountRole(stack, 'Role', { cluster: importedCluster(stack), serviceAccount: 'orders', ...props })).toThrow(message);
});

test.each([['shop', true], ['sh*', true], ['s?op', true], ['other', false]])('pods that the Fargate profile of namespace %s selects are refused Pod Identity: %s', (namespace, refused) => {
  const cluster = newCluster(stack);
  new CfnFargateProfile(stack, 'Profile', { clusterName: cluster.clusterName, podExecutionRoleArn: 'x', selectors: [{ namespace }] });
  new ServiceAccountRole(stack, 'Orders', { cluster, namespace: 'shop', serviceAccount: 'orders' });
  const synth = expect(() => app.synth());
  if (refused) {
    synth.toThrow(/pods of "shop\/orders" run on Fargate \(profile Stack\/Profile selects namespace .*give "identityType: eks.IdentityType.IRSA"/);
  } else {
    synth.not.toThrow();
  }
});

test('Pod Identity without its agent is refused, unless the cluster is not ours to know', () => {
  new ServiceAccountRole(stack, 'Orders', { cluster: clusterWithoutAgent(stack), namespace: 'shop', serviceAccount: 'orders' });
  expect(() => app.synth()).toThrow(
    /service account "shop\/orders" gets its role by Pod Identity, whose agent is not installed on Stack\/Cluster: add new addons.PodIdentityAgent.*or give "identityType"/,
  );
  const other = new App();
  new ServiceAccountRole(new Stack(other, 'Other'), 'Orders', { cluster: importedCluster(new Stack(other, 'Cluster')), serviceAccount: 'orders' });
  expect(() => other.synth()).not.toThrow();
});

test('with IRSA nobody asks for the agent', () => {
  new ServiceAccountRole(stack, 'Orders', { cluster: clusterWithoutAgent(stack), serviceAccount: 'orders', identityType: IRSA });
  expect(() => app.synth()).not.toThrow();
});
