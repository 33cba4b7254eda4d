import { statSync } from 'node:fs';
import { DeliveryProcess } from './delivery-process';
import { chart, configMap, DeliveryRig, Resource } from './delivery-rig';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

let rig: DeliveryRig;
let lambda: DeliveryProcess;

beforeAll(async () => {
  rig = await DeliveryRig.start();
  lambda = new DeliveryProcess(rig);
});
afterAll(async () => {
  await rig?.stop();
  lambda?.close();
});

function newChart(id: string): Resource {
  return rig.resource(RESOURCE_TYPES.CHART, id);
}

test('the bundle delivers in a process of its own, and fits a Lambda function', async () => {
  const resource = newChart('Bundled');
  expect(await lambda.invoke(resource.event('Create', chart([configMap('bundled')])))).toEqual(expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'rehearsal/shop/Bundled' }));
  expect(await rig.get('/api/v1/namespaces/default/configmaps/bundled')).toBeDefined();
  expect(statSync(lambda.bundle).size).toBeLessThan(3_000_000);
});

test('the bundle reads an asset with the SDK of its surroundings', async () => {
  rig.files.set('/assets/a.json', JSON.stringify([JSON.stringify([configMap('from-asset', { v: '@@' })]).split('@@')].flat()));
  const event = newChart('Asset').event('Create', { Content: { Bucket: 'assets', Key: 'a.json', Values: ['x"y'] } });
  expect(await lambda.invoke(event)).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  expect((await rig.get('/api/v1/namespaces/default/configmaps/from-asset')).data.v).toBe('x"y');
});

test('what is secret is in nothing that the process prints or answers, and in no inventory', async () => {
  const secret = (password: unknown) => [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'planted', namespace: 'default' }, stringData: { password } }];
  const resource = newChart('Planted');
  const answers = [
    await lambda.invoke(resource.event('Create', chart(secret('hunter2hunter2')))),
    await lambda.invoke(resource.event('Update', chart(secret(['hunter2hunter2'])))),
    await lambda.invoke(resource.event('Update', { Content: { Parts: ['[{"hunter2hunter2'] } })),
    await lambda.invoke(rig.resource(RESOURCE_TYPES.HELM_RELEASE, 'PlantedToo').event('Create', {
      Release: 'planted', Namespace: 'default', Chart: 'none', Repository: `${rig.url}/none`, Version: '1.0.0', Content: { Parts: ['{"password":"hunter2hunter2"}'] },
    })),
    await lambda.invoke(resource.event('Delete', chart(secret('hunter2hunter2')))),
  ];
  expect(answers.map(answer => answer?.Status)).toEqual(['SUCCESS', 'FAILED', 'FAILED', 'FAILED', 'SUCCESS']);
  const { items } = await rig.get('/api/v1/namespaces/kube-system/configmaps');
  const told = [lambda.printed, JSON.stringify([answers, items])].join();
  expect(lambda.printed).toContain('Secret default/planted');
  expect(told).not.toContain('hunter2');
  expect(told).not.toContain(Buffer.from('hunter2hunter2').toString('base64'));
});

test.each([
  ['the same event again', (r: Resource, objects: object[], first: object) => lambda.invoke(first ?? r.event('Create', chart(objects))), 40],
  ['the delete of a rollback', (r: Resource, objects: object[]) => lambda.invoke(r.event('Delete', chart(objects))), 0],
])('a create that was killed half-way is brought to an end by %s', async (_title, next, expected) => {
  const resource = newChart(`Killed${expected}`);
  const objects = Array.from({ length: 40 }, (_, i) => configMap(`killed-${expected}-${i}`));
  const event = resource.event('Create', chart(objects));
  expect(await lambda.invoke(event, /applied ConfigMap/)).toBeUndefined();
  expect(await next(resource, objects, event)).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  const { items } = await rig.get('/api/v1/namespaces/default/configmaps');
  expect(items.filter((o: any) => o.metadata.name.startsWith(`killed-${expected}-`))).toHaveLength(expected);
});
