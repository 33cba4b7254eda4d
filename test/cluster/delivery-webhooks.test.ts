import { chart, configMap, crd, custom, deployment, DeliveryRig, namespace, Resource } from './delivery-rig';
import { Webhook } from './delivery-webhook';
import { until } from './until';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

/* Webhooks that are not up yet when the first object needs them. */

let rig: DeliveryRig;
let webhook: Webhook;
beforeAll(async () => { rig = await DeliveryRig.start(); });
afterAll(async () => rig?.stop());
beforeEach(async () => {
  webhook = await Webhook.reserve();
  rig.logs.length = 0;
});
afterEach(async () => webhook.stop());

let count = 0;
const newChart = (): Resource => rig.resource(RESOURCE_TYPES.CHART, `Webhooks${++count}`);

async function newNamespace(): Promise<string> {
  const name = `webhooks-${++count}`;
  await rig.make('/api/v1/namespaces', namespace(name));
  return name;
}

/** A kind that is stored as v1 and served as v1beta1 too: whoever writes the one needs the webhook for the other. */
function converted(kind: string, clientConfig: object): any {
  const definition = crd(kind);
  const [version] = definition.spec.versions;
  definition.spec.versions = [version, { ...version, name: 'v1beta1', storage: false }];
  definition.spec.conversion = { strategy: 'Webhook', webhook: { clientConfig, conversionReviewVersions: ['v1'] } };
  return definition;
}

const beta = (kind: string, ns: string) => ({ ...custom(kind, 'x', ns), apiVersion: 'example.com/v1beta1' });

function validating(name: string, ns: string, clientConfig: object, resource = 'configmaps'): any {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [{
      name: `${name}.example.com`,
      clientConfig,
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: [resource] }],
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': ns } },
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    }],
  };
}

/** Until the API server asks the webhook before it makes a ConfigMap: it takes a moment. */
async function refused(ns: string): Promise<void> {
  await until(async () => (await rig.plane.request('POST', `/api/v1/namespaces/${ns}/configmaps?dryRun=All`, configMap('probe'))).status >= 400);
}

test('objects that need a conversion webhook of the same chart wait until it is up, and are updated and removed with it', async () => {
  const ns = await newNamespace();
  const resource = newChart();
  const objects = (size: number) => chart([
    { ...beta('Converted', ns), spec: { size } }, converted('Converted', webhook.clientConfig), deployment('converter', ns),
  ]);
  const created = resource.create(objects(1));
  await until(() => /converteds\/x: \S+, trying again/.test(rig.logs.join('\n')));
  await webhook.start();
  expect(await created).toMatchObject({ Status: 'SUCCESS' });
  expect(await resource.update(objects(2))).toMatchObject({ Status: 'SUCCESS' });
  expect((await rig.get(`/apis/example.com/v1/namespaces/${ns}/converteds/x`)).spec).toEqual({ size: 2 });
  expect(await resource.delete()).toMatchObject({ Status: 'SUCCESS' });
  expect(await rig.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/converteds.example.com')).toBeUndefined();
});

test('a conversion webhook that never comes up fails the create with a text that names object and webhook, and nothing is left', async () => {
  const ns = await newNamespace();
  const resource = newChart();
  const service = { service: { namespace: ns, name: 'converter', path: '/convert' } };
  const { Status, Reason } = await resource.create(chart([
    beta('Unconverted', ns), converted('Unconverted', service), deployment('converter', ns),
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'converter', namespace: ns }, spec: { selector: { nobody: 'here' }, ports: [{ port: 443 }] } },
  ]));
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/^Unconverted webhooks-\d+\/x: conversion webhook for .*Unconverted failed: .*converter.*\(tried for \d+ s\)\. Deliver it after what serves the webhook is ready/);
  expect(await rig.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/unconverteds.example.com')).toBeUndefined();
  expect(await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/converter`)).toBeUndefined();
});

test('two charts at once: the objects of the one wait for the webhook that the other brings', async () => {
  const ns = await newNamespace();
  const [controller, shop] = [newChart(), newChart()];
  // The controller's configuration is there before what serves it.
  expect(await controller.create(chart([validating('both', ns, webhook.clientConfig), deployment('controller', ns)]))).toMatchObject({ Status: 'SUCCESS' });
  await refused(ns);
  const delivered = rig.send(shop.event('Create', chart([configMap('guarded', { v: '1' }, ns)])));
  await until(() => /configmaps\/guarded: \S+, trying again/.test(rig.logs.join('\n')));
  await webhook.start();
  expect(await delivered).toMatchObject({ Status: 'SUCCESS' });
  expect((await rig.get(`/api/v1/namespaces/${ns}/configmaps/guarded`)).data).toEqual({ v: '1' });
  expect(await controller.delete()).toMatchObject({ Status: 'SUCCESS' });
});

test('an admission webhook that never comes up fails the update with a text that names object and webhook', async () => {
  const ns = await newNamespace();
  const resource = newChart();
  const objects = (v: string) => chart([configMap('guarded', { v }, ns)]);
  expect(await resource.create(objects('1'))).toMatchObject({ Status: 'SUCCESS' });
  await rig.make('/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', validating('never', ns, webhook.clientConfig));
  await refused(ns);
  const { Status, Reason } = await resource.update(objects('2'));
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/^ConfigMap webhooks-\d+\/guarded: .*failed calling webhook "never.example.com": .*\(tried for \d+ s\)\. Deliver it after what serves the webhook is ready/);
  // A rollback needs it no less, and comes to its end when it is up.
  rig.logs.length = 0;
  const rolledBack = resource.update(objects('1'));
  await until(() => /configmaps\/guarded: \S+, trying again/.test(rig.logs.join('\n')));
  await webhook.start();
  expect(await rolledBack).toMatchObject({ Status: 'SUCCESS' });
});
