import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { assetFile, readTemplates, resourcesOf } from '../../src/checks/resource';

/** The metadata that the CDK CLI turns on. */
const METADATA = { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'resource-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(content: any) {
  const templatePath = join(folder, 'Shop.template.json');
  writeFileSync(templatePath, typeof content === 'string' ? content : JSON.stringify(content));
  return readTemplates([{ path: 'Shop', templatePath }]);
}

test('nested stacks are read with the stack that they are in, at any depth, under the paths of their constructs', () => {
  const app = new App({ context: METADATA, outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Shop');
  const nested = new NestedStack(new NestedStack(stack, 'Outer'), 'Inner');
  new s3.Bucket(nested, 'Bucket');
  const [artifact] = app.synth().stacks;
  const templates = readTemplates([{ path: 'Shop', templatePath: artifact.templateFullPath }]);
  expect(templates.map(({ path }) => path)).toEqual(['Shop', 'Shop/Outer', 'Shop/Outer/Inner']);
  expect(templates.flatMap(resourcesOf).filter(({ type }) => type === 'AWS::S3::Bucket')).toEqual([
    expect.objectContaining({ path: 'Shop/Outer/Inner/Bucket', template: templates[2] }),
  ]);
});

test('nested stacks of an app that the CDK CLI does not run are read by what the assembly says of assets, under the logical ids of the stacks', () => {
  const stack = new Stack(new App({ outdir: join(folder, 'cdk.out') }), 'Shop');
  const [outer, other] = [new NestedStack(stack, 'Outer'), new NestedStack(stack, 'Other')];
  const inner = new NestedStack(outer, 'Inner');
  new s3.Bucket(inner, 'Bucket');
  const [artifact] = (stack.node.root as App).synth().stacks;
  const templates = readTemplates([{ path: 'Shop', templatePath: artifact.templateFullPath }]);
  const idOf = (nested: NestedStack) => Stack.of(nested.nestedStackParent!).getLogicalId(nested.nestedStackResource as CfnResource);
  const outerPath = `Shop/${idOf(outer)}`;
  expect(templates.map(({ path }) => path)).toEqual(['Shop', outerPath, `${outerPath}/${idOf(inner)}`, `Shop/${idOf(other)}`]);
  expect(templates.flatMap(resourcesOf).filter(({ type }) => type === 'AWS::S3::Bucket').map(({ template }) => template)).toEqual([templates[2]]);
});

test('a nested stack has what the stack around it gives its parameters', () => {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Shop');
  for (const [id, parameters] of Object.entries<any>({ Plain: undefined, Production: { Stage: 'prod' } })) {
    const nested = new NestedStack(stack, id, { parameters });
    const stage = new CfnParameter(nested, 'Stage', { default: 'dev' });
    new CfnResource(nested, 'Topic', { type: 'AWS::SNS::Topic', properties: { DisplayName: stage.valueAsString } });
  }
  const topics = readTemplates([{ path: 'Shop', templatePath: app.synth().stacks[0].templateFullPath }]).flatMap(resourcesOf).filter(({ type }) => type === 'AWS::SNS::Topic');
  expect(topics.map(({ properties }) => properties.DisplayName)).toEqual(['dev', 'prod']);
});

test('a nested stack whose template is not in the assembly, or not of CDK, is left out', () => {
  const templates = read({
    Resources: {
      Elsewhere: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://templates.example.com/vpc.json' } },
      Unlisted: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://assets.example.com/${'a'.repeat(64)}.json` } },
      Bare: { Type: 'AWS::CloudFormation::Stack' },
      Gone: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'gone.nested.template.json' } },
      Function: { Type: 'AWS::Lambda::Function', Metadata: { 'aws:asset:path': '.' } },
    },
  });
  expect(templates).toHaveLength(1);
});

test('a template has the size of its file', () => {
  expect(read('{ "Description": "größer" }')[0].size).toBe(29);
});

test('resources go by the paths of the constructs that one wrote', () => {
  const app = new App({ context: METADATA, outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Shop');
  new s3.Bucket(stack, 'Bucket');
  new s3.Bucket(new Stack(stack, 'Resource'), 'Resources');
  const paths = app.synth().stacksRecursively.flatMap(({ templateFullPath: templatePath }) => readTemplates([{ path: '', templatePath }]).flatMap(resourcesOf)).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['Shop/Bucket', 'Shop/Resource/Resources']));
});

test.each([
  ['Shop/Bucket/Resource', 'Shop/Bucket'],
  ['Shop/Nodes/Default/Resource', 'Shop/Nodes'],
  ['Shop/Resource/Bucket', 'Shop/Resource/Bucket'],
  ['Shop/MyResource', 'Shop/MyResource'],
])('a resource at %s goes by %s', (path, name) => {
  expect(resourcesOf(read({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': path } } } })[0])[0].path).toBe(name);
});

test('a resource without its path goes by stack and logical id, one without properties has none', () => {
  const whole = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' };
  const [template] = read({ Resources: { Bucket: whole } });
  expect(resourcesOf(template)).toEqual([{ template, logicalId: 'Bucket', path: 'Shop/Bucket', type: 'AWS::S3::Bucket', properties: {}, whole }]);
});

test('a template without resources has none', () => {
  expect(read({}).flatMap(resourcesOf)).toEqual([]);
});

test('a file of an asset lies beside the template; one that was not built, or that only the deployment knows, is none', () => {
  const [template] = read({});
  writeFileSync(join(folder, 'asset.abc.json'), '[]');
  writeFileSync(join(folder, 'asset.undefined'), '');
  expect(assetFile(template, 'abc.json')).toBe(join(folder, 'asset.abc.json'));
  expect(assetFile(template, 'def.json')).toBeUndefined();
  expect(assetFile(template, { Ref: 'Key' })).toBeUndefined();
  expect(assetFile(template, undefined)).toBeUndefined();
});

test('an app of CDK without metadata is read all the same', () => {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  const stack = new Stack(app, 'Shop');
  new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  new CfnOutput(stack, 'Output', { value: 'x' });
  const [template] = readTemplates([{ path: 'Shop', templatePath: app.synth().stacks[0].templateFullPath }]);
  expect(resourcesOf(template).map(({ path }) => path)).toEqual(['Shop/Topic']);
});
