import { setTimeout as sleep } from 'node:timers/promises';
import { CdkHandler } from './cdk-handler';
import { MigrationRig } from './migration-rig';
import { AssemblyStack } from '../../rig/engine/assembly';
import { Step } from '../../rig/engine/step';

/*
 * docs/migration.md on the example of the same name: CDK's own kubectl handler (its Python code), a real API server, and the model of CloudFormation.
 * The tests follow each other, as deployments do.
 */

let rig: MigrationRig;
let stock: AssemblyStack;
let adopt: AssemblyStack;
let app: AssemblyStack;
/** As CDK's handler has delivered it. */
let before: { [object: string]: string };
let identities: { [logicalId: string]: string };

const SHOP = '/api/v1/namespaces/shop';
const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/orders';
const SETTINGS = `${SHOP}/configmaps/settings`;

(CdkHandler.missing ? describe.skip : describe)(`from CDK's kubectl handler${CdkHandler.missing ? ` (not tried: ${CdkHandler.missing})` : ''}`, () => {
  beforeAll(async () => {
    rig = await MigrationRig.start();
    [stock, adopt, app] = [await rig.synthesize('stock'), await rig.synthesize('adopt'), await rig.synthesize('app')];
    expect(await rig.deploy(stock)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    before = await settled();
    identities = rig.identities();
  }, 180_000);
  afterAll(async () => rig?.stop());
  /** What CDK's handler is asked in a test. */
  beforeEach(() => { rig.cdkEvents.length = 0; });

  test('a first deployment that fails at its end is rolled back, and everything stays as it was', async () => {
    const stack = await failingAfter({ action: 'Create', logicalId: id(app, 'Custom::EKSSlipway-HelmRelease') }, () => rig.deploy(adopt));
    expect(stack).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', abandoned: [] });
    expect(await rig.uids()).toEqual(before);
    expect(rig.cdkEvents).toEqual([]);
    expect((await rig.get(DEPLOYMENT)).metadata.annotations).not.toHaveProperty('eks-slipway/claim');
  }, 120_000);

  test('the first deployment takes over what runs: the same objects, the same pods', async () => {
    expect(await rig.deploy(adopt)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await rig.uids()).toEqual(before);
    expect(rig.cdkEvents).toEqual([]);
    expect((await rig.get(DEPLOYMENT)).metadata.annotations).toHaveProperty('eks-slipway/claim');
    expect(await rig.releases()).toEqual(['podinfo 1 superseded', 'podinfo 2 superseded', 'podinfo 3 deployed']);
  }, 120_000);

  test('the way back from there is to deploy the stock stack again, and CDK\'s handler goes on', async () => {
    expect(await rig.deploy(stock)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await rig.uids()).toEqual(before);
    expect((await rig.get(DEPLOYMENT)).metadata.annotations).not.toHaveProperty('eks-slipway/claim');

    const changed = { template: JSON.parse(JSON.stringify(stock.template).replace('EUR', 'CHF')) };
    expect(await rig.deploy(changed)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(rig.cdkEvents).toEqual([expect.stringMatching(/^Update ClusterSettings/)]);
    expect(await rig.get(SETTINGS)).toMatchObject({ metadata: { uid: before['configmaps/settings'] }, data: { currency: 'CHF' } });
    expect(await rig.deploy(stock)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await rig.deploy(adopt)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await rig.uids()).toEqual(before);
  }, 180_000);

  test('a second deployment that fails at its end is rolled back, and everything stays', async () => {
    const stack = await failingAfter({ action: 'Update', logicalId: id(app, 'Custom::EKSSlipway-HelmRelease') }, () => rig.deploy(app));
    expect(stack).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', abandoned: [] });
    expect(await rig.uids()).toEqual(before);
    expect(rig.cdkEvents).toEqual([]);
    expect(rig.identities()).toEqual(identities);
  }, 120_000);

  test('the second deployment leaves nothing of CDK\'s handler: the same objects, pods, roles and association', async () => {
    const stack = await rig.deploy(app);
    expect(stack).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [], abandoned: [] });
    expect(await rig.uids()).toEqual(before);
    expect(rig.cdkEvents).toEqual([]);
    expect(rig.identities()).toEqual(identities);
    expect(rig.functions()).toEqual(['Delivers Kubernetes objects and Helm charts']);
    expect(stack.kept.map(({ type }) => type).sort()).toEqual(['Custom::AWSCDK-EKS-HelmChart', ...Array(6).fill('Custom::AWSCDK-EKS-KubernetesResource')]);
  }, 120_000);

  test('the way back from the end: retain, then CDK\'s manifests that overwrite; and here again', async () => {
    const retained = JSON.parse(JSON.stringify(app.template));
    const [overwriting, adopting] = [stock, adopt].map(({ template }) => JSON.parse(JSON.stringify(template)));
    for (const { Type, Properties } of [retained, overwriting, adopting].flatMap(({ Resources }) => Object.values<any>(Resources))) {
      if (Type.startsWith('Custom::EKSSlipway-')) { Properties.Removal = 'Retain'; }
      if (Type === 'Custom::AWSCDK-EKS-KubernetesResource') { Properties.Overwrite = 'true'; }
    }
    for (const template of [retained, overwriting, adopting, app.template]) {
      expect(await rig.deploy({ template })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
      expect(await rig.uids()).toEqual(before);
    }
    expect(rig.cdkEvents.map(event => event.split(' ')[0])).toEqual(Array(7).fill('Create'));
    expect(rig.identities()).toEqual(identities);
  }, 180_000);

  test('afterwards charts are changed as ever: a value changes, what leaves a chart goes', async () => {
    const { template } = JSON.parse(JSON.stringify(app));
    const content = (type: string, n: number) => Object.values<any>(template.Resources).filter(({ Type }) => Type === type)[n].Properties.Content;
    const [shop, settings] = [0, 1].map(n => content('Custom::EKSSlipway-Chart', n));
    settings.Parts[0] = settings.Parts[0].replace('EUR', 'CHF');
    shop.Parts = shop.Parts.map((part: string) => part.replace(/\{"apiVersion":"v1","kind":"Service",.*?"selector":\{"app":"orders"\}\}\},/, ''));
    expect(await rig.deploy({ template })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    const { 'services/orders': service, ...others } = before;
    expect(await rig.uids()).toEqual(others);
    expect((await rig.get(SETTINGS)).data).toEqual({ currency: 'CHF' });
  }, 120_000);

  test('a field that leaves a chart goes, too, once kubectl no longer holds it', async () => {
    const deployment = await rig.get(DEPLOYMENT);
    const managedFields = deployment.metadata.managedFields.filter(({ manager }: any) => !/^kubectl-(create|client-side-apply)$/.test(manager));
    expect(managedFields.length).toBeLessThan(deployment.metadata.managedFields.length);
    await rig.cluster.request('PUT', DEPLOYMENT, { ...deployment, metadata: { ...deployment.metadata, managedFields } });
    const template = JSON.parse(JSON.stringify(app.template).replace(String.raw`\"labels\":{\"app\":\"orders\"},\"name\":\"orders\"`, String.raw`\"name\":\"orders\"`));
    expect(await rig.deploy({ template })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect((await rig.get(DEPLOYMENT)).metadata.labels ?? {}).not.toHaveProperty('app');
    expect(pods(await rig.uids())).toEqual(pods(before));
  }, 120_000);

  test('deleting the stack removes all of it', async () => {
    expect(await rig.delete()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(rig.rig.residues).toEqual([]);
  }, 120_000);

  test('both steps in one deployment would lose everything: CDK\'s handler deletes what was just taken over', async () => {
    expect(await rig.deploy(stock, 'Another')).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    const template = { ...app.template, Resources: { ...app.template.Resources } };
    for (const [name, resource] of Object.entries(template.Resources)) {
      if (resource.Type.startsWith('Custom::EKSSlipway-')) {
        template.Resources[name] = { ...resource, Properties: { ...resource.Properties, Conflict: 'Adopt', Removal: 'Retain' } };
      }
    }
    expect(await rig.deploy({ template }, 'Another')).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(rig.cdkEvents.filter(event => event.startsWith('Delete '))).toHaveLength(7);
    expect(await rig.get(DEPLOYMENT)).toBeUndefined();
  }, 180_000);
});

/** Once all pods are there. */
async function settled(): Promise<{ [object: string]: string }> {
  for (let last = await rig.uids(); ;) {
    await sleep(1500);
    const next = await rig.uids();
    if (pods(next).length === 6 && JSON.stringify(next) === JSON.stringify(last)) { return next; }
    last = next;
  }
}

function pods(uids: { [object: string]: string }): string[] {
  return Object.keys(uids).filter(name => name.startsWith('pods/')).map(name => `${name} ${uids[name]}`);
}

async function failingAfter<T>(what: Pick<Step, 'action' | 'logicalId'>, work: () => Promise<T>): Promise<T> {
  const { faults } = rig.rig.engine;
  rig.rig.engine.faults = {
    after: ({ action, logicalId, phase }) => {
      if (action === what.action && logicalId === what.logicalId && phase === 'forward') { throw new Error('fails, as asked'); }
    },
  };
  try {
    return await work();
  } finally {
    rig.rig.engine.faults = faults;
  }
}

function id({ template }: AssemblyStack, type: string): string {
  return Object.entries(template.Resources).find(([, { Type }]) => Type === type)![0];
}
