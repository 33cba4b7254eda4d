import { RESOURCE_TYPES } from '../../handlers/delivery/events';
import { chart, configMap, crd, custom, deployment, DeliveryRig, namespace, Resource } from './delivery-rig';

let rig: DeliveryRig;
beforeAll(async () => { rig = await DeliveryRig.start(); });
afterAll(async () => rig?.stop());

let count = 0;
function newChart(stack?: string): Resource {
  return rig.resource(RESOURCE_TYPES.CHART, `Chart${++count}`, stack);
}

async function expectSuccess(answer: Promise<{ Status: string; Reason?: string }>): Promise<any> {
  const result = await answer;
  expect(result).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  return result;
}

async function expectFailure(answer: Promise<{ Status: string; Reason?: string }>, reason: RegExp): Promise<any> {
  const result = await answer;
  expect(result.Status).toBe('FAILED');
  expect(result.Reason).toMatch(reason);
  return result;
}

test('objects in any order are delivered, a definition before its objects and a namespace before what lies in it', async () => {
  const shop = newChart();
  await expectSuccess(shop.create(chart([
    custom('Widget', 'w1', 'first'), deployment('web', 'first', { replicas: 2 }), configMap('settings', { a: '1' }, 'first'), namespace('first'), crd('Widget'),
  ])));
  expect((await rig.get('/apis/example.com/v1/namespaces/first/widgets/w1')).spec).toEqual({ size: 1 });
  expect((await rig.get('/apis/apps/v1/namespaces/first/deployments/web')).status.availableReplicas).toBe(2);
  await expectSuccess(shop.delete());
  expect(await rig.get('/api/v1/namespaces/first')).toBeUndefined();
  expect(await rig.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com')).toBeUndefined();
});
