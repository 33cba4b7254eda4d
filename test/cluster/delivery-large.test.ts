import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as cdk8s from 'cdk8s';
import { configMap, crd, custom, deployment, DeliveryRig, namespace } from './delivery-rig';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { AttachedChart } from '../../src';
import { newCluster } from '../clusters';

/** What Lambda takes in an asynchronous invocation, at the least. */
const EVENT_LIMIT = 256 * 1024;
const PARAMETERS: Record<string, string> = { Bucket: 'the "bucket"', Replicas: '2' };
let rig: DeliveryRig;
beforeAll(async () => {
  rig = await DeliveryRig.start();
  await rig.make('/api/v1/namespaces', namespace('large'));
});
afterAll(async () => rig?.stop());

/** A definition of about so many characters. */
function definition(kind: string, size: number, note: string): any {
  const large = crd(kind);
  const fields = Array.from({ length: 700 }, (_, i) => [`field${i}`, { type: 'string', description: `${note} ${'x'.repeat(size / 700 - 60)}` }]);
  large.spec.versions[0].schema.openAPIV3Schema.properties.spec = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true, 'properties': Object.fromEntries(fields) };
  return large;
}

/** The properties of a chart of these objects, as CloudFormation would send them; its asset is where the function reads it. */
function synthesized(objects: (app: Stack) => any[]): Record<string, unknown> {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const chart = new cdk8s.Chart(new cdk8s.App(), 'chart');
  const cluster = newCluster(stack);
  objects(stack).forEach((object, i) => new cdk8s.ApiObject(chart, `o${i}`, object));
  new AttachedChart(stack, 'Large', { cluster, chart });
  const assembly = app.synth();
  const { Resources } = assembly.getStackByName('Stack').template;
  const [{ Properties: { Content } }] = Object.values<any>(Resources).filter(({ Type }) => Type === RESOURCE_TYPES.CHART);
  const values = Content.Values.map((value: any) => PARAMETERS[value.Ref.replace(/[0-9A-F]{8}$/, '')]);
  rig.files.set(`/assets/${Content.Key}`, readFileSync(join(assembly.directory, `asset.${Content.Key}`)));
  return { Content: { Bucket: 'assets', Key: Content.Key, Values: values } };
}

test('definitions as large as etcd takes them are delivered, changed and removed by small events, with deploy-time values in their places', async () => {
  const objects = (note: string) => synthesized(stack => {
    const replicas = new CfnParameter(stack, 'Replicas', { type: 'Number' }).valueAsNumber;
    const web = deployment('web', 'large', { replicas });
    return [
      definition('Prometheus', 484_000, note), definition('Enormous', 1_400_000, note), custom('Enormous', 'x', 'large'), web,
      configMap('settings', { bucket: new s3.Bucket(stack, 'Bucket').bucketName, note }, 'large'),
    ];
  });
  const resource = rig.resource(RESOURCE_TYPES.CHART, 'Large');
  const stored = () => rig.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/enormouss.example.com');

  const before = objects('before');
  expect(await resource.create(before)).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  expect((await rig.get('/api/v1/namespaces/large/configmaps/settings')).data).toEqual({ bucket: 'the "bucket"', note: 'before' });
  expect((await rig.get('/apis/apps/v1/namespaces/large/deployments/web')).spec.replicas).toBe(2);
  expect(JSON.stringify((await stored()).spec).length).toBeGreaterThan(1_390_000);

  const after = objects('after');
  const event = resource.event('Update', after);
  const contents = [before, after].map(({ Content }: any) => rig.files.get(`/assets/${Content.Key}`)!.length);
  expect(contents[0] + contents[1]).toBeGreaterThan(3_700_000);
  expect(JSON.stringify(event).length).toBeLessThan(EVENT_LIMIT / 64);
  expect(await resource.update(after)).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  expect((await stored()).spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.field699.description).toMatch(/^after x/);
  expect(await rig.get('/apis/example.com/v1/namespaces/large/enormouss/x')).toBeDefined();

  rig.files.clear();
  expect(await resource.delete()).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  expect(await stored()).toBeUndefined();
});
