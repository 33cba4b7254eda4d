import { readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnParameter, Fn, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { AttachedChart, ConflictPolicy, Delivery, DeliveryNetwork } from '../../src';
import { importedCluster, newCluster } from '../clusters';

const CHART = 'Custom::EKSSlipway-Chart';

function configMap(chart: cdk8s.Chart, name: string, data: any) {
  return new cdk8s.ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
}

/** What the handler reads: the text with the values put back by position. */
function delivered(template: Template, value: (intrinsic: any) => string = () => 'VALUE') {
  const [resource] = Object.values(template.findResources(CHART));
  const { Parts: parts, Values: values = [] } = resource.Properties.Content;
  return JSON.parse(parts.map((part: string, i: number) => part + (i < values.length ? value(values[i]) : '')).join(''));
}

let app: App;
let stack: Stack;
let chart: cdk8s.Chart;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
  chart = new cdk8s.Chart(new cdk8s.App(), 'chart');
});

test('a chart is delivered inline, as one custom resource of the cluster\'s one function', () => {
  const cluster = newCluster(stack);
  configMap(chart, 'one', { key: 'value' });
  new AttachedChart(stack, 'Chart', { cluster, chart });
  const other = new cdk8s.Chart(new cdk8s.App(), 'other');
  configMap(other, 'two', {});
  new AttachedChart(stack, 'Other', { cluster, chart: other });

  const template = Template.fromStack(stack);
  template.resourceCountIs(CHART, 2);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.hasResourceProperties(CHART, {
    Content: { Parts: [Match.serializedJson([Match.objectLike({ kind: 'ConfigMap', metadata: { name: 'one' } })])] },
    ClusterName: { Ref: Match.stringLikeRegexp('Cluster') },
  });
});

test('what is added to a chart after it was attached is delivered too', () => {
  configMap(chart, 'early', {});
  new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart });
  configMap(chart, 'late', {});

  expect(delivered(Template.fromStack(stack)).map((object: any) => object.metadata.name)).toEqual(['early', 'late']);
});

test('objects of cdk8s-plus are delivered like any other', () => {
  new kplus.ConfigMap(chart, 'Settings', { metadata: { name: 'settings' }, data: { a: '1' } });
  new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart });

  expect(delivered(Template.fromStack(stack))[0]).toMatchObject({ kind: 'ConfigMap', data: { a: '1' } });
});

test('tokens travel apart from the text, by position, whatever their kind', () => {
  const bucket = new s3.Bucket(stack, 'Bucket');
  const replicas = new CfnParameter(stack, 'Replicas', { type: 'Number' });
  const zones = new CfnParameter(stack, 'Zones', { type: 'List<String>' });
  configMap(chart, 'tokens', {
    string: `s3://${bucket.bucketName}/key`,
    number: replicas.valueAsNumber,
    list: zones.valueAsList,
    resolvable: Fn.getAtt('Somewhere', 'Arn'),
    lazy: Lazy.any({ produce: () => 'late' }),
    [`key-${bucket.bucketName}`]: 'x',
  });
  new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart });

  const [object] = delivered(Template.fromStack(stack), intrinsic => {
    const text = JSON.stringify(intrinsic);
    return text.includes('Replicas') ? '3' : text.includes('Zones') ? '["a","b"]' : text.includes('Bucket') ? 'my-bucket' : text.includes('late') ? 'late' : 'arn';
  });
  expect(object.data).toEqual({
    'string': 's3://my-bucket/key', 'number': 3, 'list': ['a', 'b'], 'resolvable': 'arn', 'lazy': 'late', 'key-my-bucket': 'x',
  });
});

test('a chart of an application stack that names values of both stacks gets its references', () => {
  const cluster = newCluster(stack);
  const bucket = new s3.Bucket(stack, 'Bucket');
  const appStack = new Stack(app, 'App');
  configMap(chart, 'settings', { bucket: bucket.bucketName });
  new AttachedChart(appStack, 'Chart', { cluster, chart });

  const template = Template.fromStack(appStack);
  template.hasResourceProperties(CHART, { Content: { Values: [{ 'Fn::ImportValue': Match.stringLikeRegexp('Bucket') }] } });
  template.resourceCountIs('AWS::Lambda::Function', 0);
  expect(appStack.dependencies).toEqual([stack]);
});

test('a large chart goes to a file asset that the function may read before the chart is delivered', () => {
  const bucket = new s3.Bucket(stack, 'Bucket');
  configMap(chart, 'large', { text: 'x'.repeat(60_000), bucket: bucket.bucketName });
  new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart });

  const template = Template.fromStack(stack);
  const [id, resource] = Object.entries(template.findResources(CHART))[0];
  expect(resource.Properties.Content.Parts).toBeUndefined();
  expect(resource.Properties.Content.Values).toEqual([{ Ref: expect.stringContaining('Bucket') }]);
  expect(JSON.stringify(template.toJSON()).length).toBeLessThan(40_000);

  const policies = template.findResources('AWS::IAM::Policy', { Properties: { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['s3:GetObject*']) })]) } } });
  expect(resource.DependsOn).toEqual(expect.arrayContaining(Object.keys(policies)));
  expect(id).toBeDefined();

  const key = resource.Properties.Content.Key as string;
  const parts = JSON.parse(readFileSync(join(app.outdir, `asset.${key}`), 'utf8'));
  expect(JSON.parse(parts.join('my-bucket'))[0].data.bucket).toBe('my-bucket');
});

test('the same app gives the same bytes', () => {
  const synth = () => {
    const one = new App();
    const s = new Stack(one, 'Stack');
    const c = new cdk8s.Chart(new cdk8s.App(), 'chart');
    configMap(c, 'large', { text: 'x'.repeat(60_000), z: '1', a: '2' });
    new AttachedChart(s, 'Chart', { cluster: newCluster(s), chart: c });
    return Template.fromStack(s).toJSON();
  };
  expect(synth()).toEqual(synth());
});

test('an object in two charts of a stack is refused, in charts of two clusters it is not', () => {
  const cluster = newCluster(stack);
  configMap(chart, 'shared', {});
  new AttachedChart(stack, 'Chart', { cluster, chart });
  const other = new cdk8s.Chart(new cdk8s.App(), 'other');
  configMap(other, 'shared', { more: 'yes' });
  new AttachedChart(stack, 'Elsewhere', { cluster: newCluster(stack, 'Second'), chart: other });
  app.synth();
  new AttachedChart(stack, 'Other', { cluster, chart: other });
  expect(() => app.synth({ force: true })).toThrow(/the charts of Stack\/Chart and Stack\/Other both have ConfigMap "shared": leave it to one of the two/);
});

test('lists are flattened into what they list', () => {
  new cdk8s.ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'inner' } }] });
  new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart });

  expect(delivered(Template.fromStack(stack))).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'inner' } }]);
});

test.each([
  ['an empty chart', () => {}, '"chart" is empty: add an object to it, or remove the AttachedChart'],
  ['an object without a kind', () => new cdk8s.ApiObject(chart, 'x', { apiVersion: 'v1', kind: '' }), '"kind" is missing on object 1 of the chart (v1 )'],
  ['a generated name', () => new cdk8s.ApiObject(chart, 'x', { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'job-' } }),
    '"metadata.generateName" is "job-" on object 1 of the chart (batch/v1 Job): give "metadata.name"'],
  ['an object twice', () => { configMap(chart, 'a', {}); new cdk8s.ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }); },
    'the chart has ConfigMap "a" twice: give one of them another "metadata.name"'],
])('%s is refused at synth', (_, add, message) => {
  add();
  new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart });
  expect(() => app.synth()).toThrow(message);
});

test('options reach the handler, defaults stay out of the template', () => {
  const cluster = newCluster(stack);
  configMap(chart, 'x', {});
  new AttachedChart(stack, 'Plain', { cluster, chart });
  const other = new cdk8s.Chart(new cdk8s.App(), 'other');
  configMap(other, 'y', {});
  new AttachedChart(stack, 'Full', {
    cluster, chart: other, conflict: ConflictPolicy.ADOPT, removalPolicy: RemovalPolicy.RETAIN, wait: false, revision: '2',
  });

  const template = Template.fromStack(stack);
  template.hasResourceProperties(CHART, { Conflict: 'Adopt', Removal: 'Retain', Wait: 'false', Revision: '2' });
  template.hasResourceProperties(CHART, { Conflict: Match.absent(), Removal: Match.absent(), Wait: Match.absent(), Timeout: Match.absent() });
});

test('a removal policy that means nothing in a cluster is refused', () => {
  expect(() => new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart, removalPolicy: RemovalPolicy.SNAPSHOT }))
    .toThrow('"removalPolicy" is RemovalPolicy.SNAPSHOT, which has no meaning for what is in a cluster: give DESTROY or RETAIN');
});

test('an imported cluster must say how its API server is reached', () => {
  const cluster = importedCluster(stack);
  expect(() => new AttachedChart(stack, 'Chart', { cluster, chart })).toThrow(/"network" is missing for the imported cluster Stack\/Imported/);
});

test('an imported cluster gets a function in its private subnets, let in by its security group', () => {
  const cluster = importedCluster(stack);
  Delivery.of(cluster, { network: DeliveryNetwork.privateSubnets() });
  configMap(chart, 'x', {});
  new AttachedChart(stack, 'Chart', { cluster, chart });

  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-cluster', FromPort: 443, ToPort: 443 });
  const [fn] = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(fn.Properties.VpcConfig.SubnetIds).toHaveLength(2);
  expect(fn.DependsOn).toEqual(expect.arrayContaining([expect.stringContaining('AccessEntry'), expect.stringContaining('ToApiServer')]));
  expect(fn.Properties.Environment.Variables).toEqual({ CLUSTER_NAME: 'existing' });
  template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'eks:DescribeCluster' })]) } }],
  });
});

test('options of the delivery cannot come too late', () => {
  const cluster = newCluster(stack);
  Delivery.of(cluster);
  expect(() => Delivery.of(cluster, {})).toThrow(/"options" are given, but the delivery of Stack\/Cluster exists already: give them before the first chart/);
  Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
});

test('a number that only looks like a token is left alone', () => {
  configMap(chart, 'numbers', { pi: 3.14, text: '${HOME}', unicode: 'ü' });
  new AttachedChart(stack, 'Chart', { cluster: newCluster(stack), chart });
  expect(delivered(Template.fromStack(stack))[0].data).toEqual({ pi: 3.14, text: '${HOME}', unicode: 'ü' });
  expect(Token.isUnresolved('${HOME}')).toBe(false);
});
