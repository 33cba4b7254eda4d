import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { chartObjects, newStack, permissions, releaseValues, text, withHelm } from './fixtures';
import { ExternalSecrets, ExternalSecretsOptions } from '../../src/addons/external-secrets';
import { AwsSecretService } from '../../src/charts/aws-secret-store-options';
import { newCluster } from '../clusters';

function externalSecrets(options: (scope: Construct) => ExternalSecretsOptions = () => ({})) {
  const stack = newStack();
  const add = new ExternalSecrets(stack, 'Eso', { cluster: withHelm(newCluster(stack)), ...options(stack) });
  return { stack, add, template: () => Template.fromStack(stack) };
}

const allowed = (template: Template) => Object.values(template.findResources('AWS::IAM::Policy'))
  .filter(policy => policy.Properties.Roles[0].Ref.startsWith('Eso'))
  .flatMap(policy => permissions(text(policy.Properties.PolicyDocument)))
  .map(permission => permission.replace(/arn:\$\{AWS::Partition\}:(\w+):\$\{AWS::Region\}:\$\{AWS::AccountId\}:/g, '').replace(/\$\{(\w+?)[0-9A-F]{8}(\.Arn)?\}/g, '$1').replace(/^Allow /, '').replace(/ if \{\}$/, ''));

test('it may read nothing that it is not given', () => {
  expect(allowed(externalSecrets().template())).toEqual([]);
});

test('it may read the given secrets and parameters, with the keys that encrypt them, and those whose names begin so', () => {
  const { template } = externalSecrets(scope => ({
    secrets: [
      new secretsmanager.Secret(scope, 'Password', { encryptionKey: new kms.Key(scope, 'Key') }),
      secretsmanager.Secret.fromSecretNameV2(scope, 'Old', 'old'),
    ],
    parameters: [ssm.StringParameter.fromStringParameterName(scope, 'Url', '/shop/url')],
    secretPrefixes: ['shop/'],
    parameterPrefixes: ['/team/', 'flat-'],
  }));
  expect(allowed(template()).map(permission => permission.replace(/ if .*ViaService.*/, ' through Secrets Manager'))).toEqual([
    'kms:Decrypt on Key through Secrets Manager',
    'secretsmanager:DescribeSecret on Password',
    'secretsmanager:DescribeSecret on secret:old-??????',
    'secretsmanager:DescribeSecret on secret:shop/*',
    'secretsmanager:GetSecretValue on Password',
    'secretsmanager:GetSecretValue on secret:old-??????',
    'secretsmanager:GetSecretValue on secret:shop/*',
    'ssm:DescribeParameters on parameter/shop/url',
    'ssm:GetParameter on parameter/flat-*',
    'ssm:GetParameter on parameter/shop/url',
    'ssm:GetParameter on parameter/team/*',
    'ssm:GetParameterHistory on parameter/flat-*',
    'ssm:GetParameterHistory on parameter/shop/url',
    'ssm:GetParameterHistory on parameter/team/*',
    'ssm:GetParameters on parameter/flat-*',
    'ssm:GetParameters on parameter/shop/url',
    'ssm:GetParameters on parameter/team/*',
    'ssm:GetParametersByPath on parameter/flat-*',
    'ssm:GetParametersByPath on parameter/team/*',
  ]);
});

test('the controller waits for all its permissions, and survives the drain of a node', () => {
  const { template } = externalSecrets(() => ({ secretPrefixes: ['shop/'] }));
  template().hasResource('Custom::EKSSlipway-HelmRelease', {
    Properties: { Chart: 'external-secrets', Namespace: 'external-secrets' },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^EsoIdentityAssociation'), Match.stringLikeRegexp('^EsoIdentityRoleDefaultPolicy')]),
  });
  expect(releaseValues(template(), 'external-secrets')).toMatchObject({ replicaCount: 2, leaderElect: true, podDisruptionBudget: { enabled: true, minAvailable: 1 } });
});

test('definitions stay when the release goes, and with them the Secrets', () => {
  expect(releaseValues(externalSecrets().template(), 'external-secrets')).toMatchObject({ installCRDs: true, crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } });
});

test('a store comes after External Secrets; its role is assumed', () => {
  const { stack, add, template } = externalSecrets();
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.ArnPrincipal(add.serviceAccountRole.role.roleArn) });
  add.addStore('Shop', { namespaces: ['shop'], role });
  add.addStore('Parameters', { service: AwsSecretService.PARAMETER_STORE, region: 'eu-west-1', name: 'ssm' });
  expect(chartObjects(template(), 'EsoShop')).toEqual([expect.objectContaining({
    kind: 'ClusterSecretStore',
    metadata: { name: 'shop' },
    spec: { conditions: [{ namespaces: ['shop'] }], provider: { aws: { service: 'SecretsManager', region: '${AWS::Region}', role: expect.stringMatching(/^\$\{Reader.*\.Arn\}$/) } } },
  })]);
  expect(chartObjects(template(), 'EsoParameters')[0]).toMatchObject({ metadata: { name: 'ssm' }, spec: { provider: { aws: { service: 'ParameterStore', region: 'eu-west-1' } } } });
  expect(allowed(template())).toEqual(['sts:AssumeRole on Reader', 'sts:TagSession on Reader']);
  template().hasResource('Custom::EKSSlipway-Chart', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^EsoRelease')]) });
});

test.each(['', '/', '*', 'shop/*'])('the prefix "%s" is refused', prefix => {
  expect(() => externalSecrets(() => ({ secretPrefixes: [prefix] }))).toThrow(`"secretPrefixes" has "${prefix}"`);
});
