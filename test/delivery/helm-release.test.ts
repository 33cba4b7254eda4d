import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConflictPolicy, Delivery, HelmRelease, HelmReleaseProps, HelmSecretValue, ServiceAccountRole } from '../../src';
import { newCluster } from '../clusters';

const RELEASE = 'Custom::EKSSlipway-HelmRelease';
const CHART = { chart: 'app', repository: 'https://charts.example.com', version: '1.2.3' };

let app: App;
let stack: Stack;
let cluster: eks.Cluster;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
  cluster = newCluster(stack);
});

function withHelm() {
  Delivery.of(cluster, { kubectlLayer: lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', stack.formatArn({ service: 'lambda', resource: 'layer', resourceName: 'kubectl:1' })) });
}

test('a release names chart, version, namespace and values', () => {
  withHelm();
  const bucket = new s3.Bucket(stack, 'Bucket');
  new HelmRelease(stack, 'App', { cluster, ...CHART, namespace: 'apps', values: { z: 1, a: { bucket: bucket.bucketName } } });

  Template.fromStack(stack).hasResourceProperties(RELEASE, {
    Chart: 'app', Repository: 'https://charts.example.com', Version: '1.2.3', Namespace: 'apps', Release: Match.stringLikeRegexp('^stack-app-[0-9a-f]{8}$'),
    Content: { Parts: ['{"a":{"bucket":"', '"},"z":1}'], Values: [{ Ref: Match.stringLikeRegexp('Bucket') }] },
    Wait: Match.absent(), SkipCrds: Match.absent(), Timeout: Match.absent(),
  });
});

test('a cluster without the kubectl layer is refused at synth, with what to give', () => {
  new HelmRelease(stack, 'App', { cluster, ...CHART });
  expect(() => app.synth()).toThrow(/"kubectlLayer" is missing on Stack\/Cluster: Stack\/App installs a Helm chart.*KubectlV36Layer/);
});

test('the layer may come after the release', () => {
  new HelmRelease(stack, 'App', { cluster, ...CHART });
  const layer = lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', stack.formatArn({ service: 'lambda', resource: 'layer', resourceName: 'kubectl:1' }));
  Delivery.of(cluster).useKubectlLayer(layer);
  app.synth();
  expect(() => Delivery.of(cluster).useKubectlLayer(layer)).toThrow(/"kubectlLayer" is given to Stack\/Cluster, which has one already/);
});

test('a release waits for the association, the role and every policy of a service account role, grants added later included', () => {
  withHelm();
  const role = new ServiceAccountRole(stack, 'Role', { cluster, namespace: 'apps', serviceAccount: 'app' });
  const irsa = new ServiceAccountRole(stack, 'Irsa', { cluster, namespace: 'apps', serviceAccount: 'old', identityType: eks.IdentityType.IRSA });
  new HelmRelease(stack, 'App', { cluster, ...CHART, serviceAccountRoles: [role, irsa] });
  new s3.Bucket(stack, 'Bucket').grantRead(role);

  const [resource] = Object.values(Template.fromStack(stack).findResources(RELEASE));
  expect(resource.DependsOn).toEqual(expect.arrayContaining([
    expect.stringMatching(/^RoleAssociation/), expect.stringMatching(/^Role.*DefaultPolicy/), expect.stringMatching(/^Role[0-9A-F]{8}$/), expect.stringMatching(/^IrsaRole/),
  ]));
  // Only Pod Identity is injected when a pod starts, and may be late.
  expect(resource.Properties.Identities).toEqual(['apps/app']);
});

test('a chart of one\'s own is an asset that the function may read', () => {
  withHelm();
  const chartAsset = new Asset(stack, 'Chart', { path: __dirname });
  new HelmRelease(stack, 'App', { cluster, chartAsset });

  const template = Template.fromStack(stack);
  template.hasResourceProperties(RELEASE, { Chart: Match.absent(), ChartAsset: { Bucket: Match.anyValue(), Key: Match.stringLikeRegexp('zip$') } });
  const [resource] = Object.values(template.findResources(RELEASE));
  expect(resource.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/DeliveryRoleDefaultPolicy/)]));
});

test.each<[string, Partial<HelmReleaseProps>, string]>([
  ['no chart', { chart: undefined }, '"chart" and "chartAsset" are both missing: give exactly one of them'],
  ['no repository', { repository: undefined }, '"repository" is missing for chart "app": give its https:// or oci:// address, or a whole oci:// reference as "chart"'],
  ['a path as repository', { repository: './charts' }, '"repository" is "./charts": give an address that begins with https:// or oci://'],
  ['no version', { version: undefined }, '"version" is missing for chart "app": pin one, or every deployment might install another'],
  ['a long release name', { release: 'a'.repeat(54) }, `"release" is "${'a'.repeat(54)}": give lower-case letters`],
  ['a namespace in capitals', { namespace: 'Apps' }, '"namespace" is "Apps": give lower-case letters'],
  ['a timeout beyond the function\'s', { timeout: Duration.minutes(15) }, '"timeout" is 15 minutes: give one between 1 second and 14 minutes'],
  ['one revision', { maxHistory: 1 }, '"maxHistory" is 1: give at least 2'],
  ['a secret value in a list', { secretValues: { 'env[0].value': HelmSecretValue.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(new Stack(), 'Secret', 'x')) } }, '"secretValues" has the path "env[0].value": give keys with single dots'],
  ['a snapshot', { removalPolicy: RemovalPolicy.SNAPSHOT }, '"removalPolicy" is RemovalPolicy.SNAPSHOT'],
])('%s is refused', (_, props, message) => {
  expect(() => new HelmRelease(stack, 'App', { cluster, ...CHART, ...props } as HelmReleaseProps)).toThrow(message);
});

test('of a secret value the template holds where it is, and the function may read it before the release is installed', () => {
  withHelm();
  const secret = new secretsmanager.Secret(stack, 'Database');
  new HelmRelease(stack, 'App', {
    cluster, ...CHART, maxHistory: 3,
    secretValues: { 'db.password': HelmSecretValue.fromSecretsManager(secret, 'password'), 'db.all': HelmSecretValue.fromSecretsManager(secret) },
  });
  const template = Template.fromStack(stack);
  const Secret = { Ref: Match.stringLikeRegexp('^Database') };
  template.hasResource(RELEASE, {
    Properties: { SecretValues: { 'db.all': { Secret, Field: Match.absent() }, 'db.password': { Secret, Field: 'password' } }, MaxHistory: 3, Content: Match.absent() },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('DeliveryRoleDefaultPolicy')]),
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['secretsmanager:GetSecretValue']), Resource: Secret })]) },
  });
});

test('only a chart from a private ECR repository lets the function pull', () => {
  withHelm();
  new HelmRelease(stack, 'Public', { cluster, ...CHART });
  const rights = () => JSON.stringify(stack.resolve((Delivery.of(cluster).role!.node.defaultChild as iam.CfnRole).managedPolicyArns));
  expect(rights()).not.toContain('PullOnly');

  new HelmRelease(stack, 'Private', { cluster, chart: 'oci://111122223333.dkr.ecr.eu-west-1.amazonaws.com/charts/app', version: '1.0.0' });
  expect(rights()).toContain('AmazonEC2ContainerRegistryPullOnly');
});

test('a release that exists already is adopted when asked to', () => {
  withHelm();
  new HelmRelease(stack, 'App', { cluster, ...CHART, conflict: ConflictPolicy.ADOPT });
  Template.fromStack(stack).hasResourceProperties(RELEASE, { Conflict: 'Adopt' });
});
