import { configMap, crd, custom, deployment, DeliveryRig, namespace } from './delivery-rig';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

let rig: DeliveryRig;
beforeAll(async () => {
  rig = await DeliveryRig.start();
  await rig.make('/api/v1/namespaces', namespace('cdk'));
});
afterAll(async () => rig?.stop());

let count = 0;
const resource = (type: string) => rig.resource(type, `Cdk${++count}`);
const manifest = (objects: object[], more: Record<string, unknown> = {}) => ({ Manifest: JSON.stringify(objects), PruneLabel: 'aws.cdk.eks/prune-c8', ...more });
const SUCCESS = expect.objectContaining({ Status: 'SUCCESS' });
const FAILED = expect.objectContaining({ Status: 'FAILED' });

describe('a manifest', () => {
  test('is created, pruned and deleted without waiting for its workloads', async () => {
    const web = deployment('web', 'cdk');
    web.spec.template.spec.nodeSelector = { nowhere: 'at-all' };
    const one = resource(RESOURCE_TYPES.CDK_MANIFEST);
    expect(await one.create(manifest([custom('Part', 'p', 'cdk'), crd('Part'), web, configMap('a', {}, 'cdk')]))).toEqual(SUCCESS);
    expect(await one.update(manifest([crd('Part'), configMap('a', { v: '2' }, 'cdk')]))).toEqual(SUCCESS);
    expect(await rig.get('/apis/example.com/v1/namespaces/cdk/parts/p')).toBeUndefined();
    expect(await rig.get('/apis/apps/v1/namespaces/cdk/deployments/web')).toBeUndefined();
    expect(await one.delete()).toEqual(SUCCESS);
    expect(await rig.get('/api/v1/namespaces/cdk/configmaps/a')).toBeUndefined();
  });

  test('overwrites an object that exists only when told to', async () => {
    await rig.make('/api/v1/namespaces/cdk/configmaps', configMap('theirs', { v: 'theirs' }));
    const one = resource(RESOURCE_TYPES.CDK_MANIFEST);
    expect(await one.create(manifest([configMap('theirs', { v: 'ours' }, 'cdk')]))).toEqual(FAILED);
    expect(await one.create(manifest([configMap('theirs', { v: 'ours' }, 'cdk')], { Overwrite: true }))).toEqual(SUCCESS);
    expect((await rig.get('/api/v1/namespaces/cdk/configmaps/theirs')).data).toEqual({ v: 'ours' });
  });

  test('has its unknown fields refused, unless validation is skipped', async () => {
    const odd = deployment('odd', 'cdk', { replicaz: 1 });
    odd.spec.template.spec.containers[0].colour = 'blue';
    odd.spec.template.spec.containers[0].ports = [{ containerPort: 80, flavour: 'sweet' }];
    const one = resource(RESOURCE_TYPES.CDK_MANIFEST);
    expect(await one.create(manifest([odd]))).toEqual(FAILED);
    expect(await one.create(manifest([odd], { SkipValidation: true }))).toEqual(SUCCESS);
    expect((await rig.get('/apis/apps/v1/namespaces/cdk/deployments/odd')).spec.template.spec.containers[0].ports).toEqual([{ containerPort: 80, protocol: 'TCP' }]);
  });
});

describe('a patch', () => {
  const patch = (type: string, apply: unknown, restore: unknown, name = 'deployment/patched') => ({
    ResourceName: name, ResourceNamespace: 'cdk', PatchType: type, ApplyPatchJson: JSON.stringify(apply), RestorePatchJson: JSON.stringify(restore),
  });
  const get = async () => (await rig.get('/apis/apps/v1/namespaces/cdk/deployments/patched')).spec;

  test.each([
    ['strategic', { spec: { template: { spec: { containers: [{ name: 'main', image: 'web:2' }] } } } }, { spec: { template: { spec: { containers: [{ name: 'main', image: 'web:1' }] } } } }],
    ['merge', { spec: { replicas: 3 } }, { spec: { replicas: 1 } }],
    ['json', [{ op: 'replace', path: '/spec/replicas', value: 2 }], [{ op: 'replace', path: '/spec/replicas', value: 1 }]],
  ])('of type %s is applied, and taken back on delete', async (type, apply, restore) => {
    await rig.plane.request('DELETE', '/apis/apps/v1/namespaces/cdk/deployments/patched');
    await rig.make('/apis/apps/v1/namespaces/cdk/deployments', deployment('patched', 'cdk'));
    const before = await get();
    const one = resource(RESOURCE_TYPES.CDK_PATCH);
    expect(await one.create(patch(type, apply, restore))).toEqual(SUCCESS);
    expect(await get()).not.toEqual(before);
    expect(await one.delete()).toEqual(SUCCESS);
    expect(await get()).toEqual(before);
  });

  test('of type json that adds to a list adds once: also when the event comes again, when it is changed, and when that is rolled back', async () => {
    await rig.make('/apis/apps/v1/namespaces/cdk/deployments', deployment('listed', 'cdk'));
    const args = async () => (await rig.get('/apis/apps/v1/namespaces/cdk/deployments/listed')).spec.template.spec.containers[0].args;
    await rig.plane.request('PATCH', '/apis/apps/v1/namespaces/cdk/deployments/listed', { spec: { template: { spec: { containers: [{ name: 'main', image: 'web:1', args: ['serve'] }] } } } });
    const path = '/spec/template/spec/containers/0/args';
    const adding = (arg: string) => patch('json', [{ op: 'add', path: `${path}/-`, value: arg }], [{ op: 'remove', path: `${path}/1` }], 'deployment/listed');
    const one = resource(RESOURCE_TYPES.CDK_PATCH);
    const creation = one.event('Create', adding('--one'));
    expect(await rig.send(creation)).toEqual(SUCCESS);
    expect(await rig.send(creation)).toEqual(SUCCESS);
    expect(await args()).toEqual(['serve', '--one']);
    const change = { ...one.event('Update', adding('--two')), OldResourceProperties: creation.ResourceProperties };
    expect(await rig.send(change)).toEqual(SUCCESS);
    expect(await rig.send(change)).toEqual(SUCCESS);
    expect(await args()).toEqual(['serve', '--two']);
    expect(await rig.send({ ...one.event('Update', adding('--one')), OldResourceProperties: change.ResourceProperties })).toEqual(SUCCESS);
    expect(await args()).toEqual(['serve', '--one']);
    const deletion = one.event('Delete', adding('--one'));
    expect(await rig.send(deletion)).toEqual(SUCCESS);
    expect(await rig.send(deletion)).toEqual(SUCCESS);
    expect(await args()).toEqual(['serve']);

    // One that could not be applied has nothing to take back.
    const two = resource(RESOURCE_TYPES.CDK_PATCH);
    const wrong = patch('json', [{ op: 'test', path: `${path}/0`, value: 'else' }, ...JSON.parse(adding('--x').ApplyPatchJson)], [{ op: 'remove', path: `${path}/0` }], 'deployment/listed');
    expect(await two.create(wrong)).toEqual(FAILED);
    expect(await two.delete()).toEqual(SUCCESS);
    expect(await args()).toEqual(['serve']);
    expect((await rig.get('/apis/apps/v1/namespaces/cdk/deployments/listed')).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': expect.any(String) });
  });

  test('of another object takes back the one before; one of what is gone is deleted with success', async () => {
    await rig.make('/apis/apps/v1/namespaces/cdk/deployments', deployment('second', 'cdk'));
    const one = resource(RESOURCE_TYPES.CDK_PATCH);
    const [apply, restore] = [{ spec: { paused: true } }, { spec: { paused: null } }];
    expect(await one.create(patch('merge', apply, restore, 'deploy/second'))).toEqual(SUCCESS);
    expect(await one.update(patch('merge', apply, restore, 'deployments.apps/patched'))).toEqual(SUCCESS);
    expect((await rig.get('/apis/apps/v1/namespaces/cdk/deployments/second')).spec.paused).toBeUndefined();
    expect((await get()).paused).toBe(true);
    await rig.plane.request('DELETE', '/apis/apps/v1/namespaces/cdk/deployments/patched');
    expect(await one.delete()).toEqual(SUCCESS);
    expect(await resource(RESOURCE_TYPES.CDK_PATCH).create(patch('merge', apply, restore, 'deployment/nobody'))).toEqual(expect.objectContaining({
      Status: 'FAILED', Reason: expect.stringMatching(/Deployment cdk\/nobody cannot be patched: .*not found/),
    }));
  });

  test('of a cluster-wide object ignores the namespace', async () => {
    const one = resource(RESOURCE_TYPES.CDK_PATCH);
    expect(await one.create(patch('strategic', { metadata: { labels: { patched: 'yes' } } }, { metadata: { labels: { patched: null } } }, 'ns/cdk'))).toEqual(SUCCESS);
    expect((await rig.get('/api/v1/namespaces/cdk')).metadata.labels.patched).toBe('yes');
    expect(await one.delete()).toEqual(SUCCESS);
    expect((await rig.get('/api/v1/namespaces/cdk')).metadata.labels.patched).toBeUndefined();
  });
});

describe('an object value', () => {
  const value = (type: string, name: string, path: string, timeout = 10) => ({
    ObjectType: type, ObjectName: name, ObjectNamespace: 'cdk', JsonPath: path, TimeoutSeconds: timeout,
  });

  test('is waited for and returned', async () => {
    await rig.make('/api/v1/namespaces/cdk/services', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'lb' }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } });
    const one = resource(RESOURCE_TYPES.CDK_OBJECT_VALUE);
    const created = one.create(value('service', 'lb', '.status.loadBalancer.ingress[0].hostname'));
    setTimeout(() => void rig.plane.request('PATCH', '/api/v1/namespaces/cdk/services/lb/status', { status: { loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] } } }), 900);
    expect(await created).toEqual(expect.objectContaining({ Status: 'SUCCESS', Data: { Value: 'lb.example.com' } }));
    expect(await one.delete()).toEqual(SUCCESS);
  });

  test('that does not come is an error that says what is missing', async () => {
    const none = (type: string, name: string, path: string) => resource(RESOURCE_TYPES.CDK_OBJECT_VALUE).create(value(type, name, path, 1));
    expect((await none('svc', 'lb', '.status.nothing')).Reason).toMatch(/no value at ".status.nothing" in time: the field has no value/);
    expect((await none('svc', 'nobody', '.status')).Reason).toMatch(/there is no such object/);
    expect((await none('gnus', 'lb', '.status')).Reason).toMatch(/the cluster knows no kind "gnus"/);
    expect((await none('svc', 'lb', '.a[?(')).Reason).toMatch(/"JsonPath" is ".a\[\?\(": .* is not understood/);
  });

  test('of a Secret is hidden, and one that is too long for an answer is refused', async () => {
    await rig.make('/api/v1/namespaces/cdk/secrets', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { 'tls.crt': 'x', 'long': 'y'.repeat(5000) } });
    expect(await resource(RESOURCE_TYPES.CDK_OBJECT_VALUE).create(value('secret', 's', '.data.tls\\.crt'))).toEqual(expect.objectContaining({ Data: { Value: 'eA==' }, NoEcho: true }));
    expect((await resource(RESOURCE_TYPES.CDK_OBJECT_VALUE).create(value('secret', 's', '.data.long'))).Reason).toMatch(/longer than the 4096 bytes/);
  });
});
