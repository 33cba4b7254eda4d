import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import JSZip from 'jszip';
import { CdkHandler } from './cdk-handler';
import { configMap, crd, custom, deployment, DeliveryRig, namespace, Resource } from './delivery-rig';
import { OciRegistry } from './oci-registry';
import { until } from './until';
import { CloudFormationEvent, RESOURCE_TYPES } from '../../handlers/delivery/events';

/*
 * The faults of CDK's kubectl handler, each as one story that is told twice: the same events reach this handler and CDK's own. What comes of
 * them is written down for both, so that a fault which CDK mends shows here too.
 */

interface Answer {
  readonly Status: string;
  readonly Reason?: string;
}

/** A custom resource in the hands of one of the handlers. */
interface Delivered {
  create(properties: object): Promise<Answer>;
  update(properties: object): Promise<Answer>;
  delete(secondsLeft?: number): Promise<Answer>;
}

/** One of the two handlers, with names that only its own story uses. */
interface Party {
  readonly ns: string;
  /** A kind of the group `example.com`, and its plural. */
  readonly kind: string;
  readonly plural: string;
  /** What `cluster.addManifest` emits: every object is labelled for pruning, which deletes whatever has the label in the whole cluster. */
  manifest(objects: any[], more?: object): object;
  resource(type?: string): Delivered;
}

let rig: DeliveryRig;
let cdk: CdkHandler | undefined;
let folder: string;
let count = 0;

beforeAll(async () => {
  rig = await DeliveryRig.start();
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
  cdk = CdkHandler.missing ? undefined : await CdkHandler.create(rig.plane.kubeconfigPath);
});
afterAll(async () => {
  await rig?.stop();
  cdk?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A resource whose events CDK's handler gets. Its framework never passes on the delete of what failed to be created. */
class CdkResource implements Delivered {
  private readonly events: Resource;
  private properties: Record<string, unknown> = {};
  private failed = false;

  constructor(type: string) {
    this.events = rig.resource(type, `Cdk${++count}`);
  }

  async create(properties: Record<string, unknown>): Promise<Answer> {
    this.properties = properties;
    const answer = await this.send('Create', properties);
    this.failed = answer.Status !== 'SUCCESS';
    return answer;
  }

  async update(properties: Record<string, unknown>): Promise<Answer> {
    this.properties = properties;
    return this.send('Update', properties);
  }

  async delete(secondsLeft?: number): Promise<Answer> {
    return this.failed ? { Status: 'SUCCESS' } : this.send('Delete', this.properties, secondsLeft);
  }

  private async send(type: CloudFormationEvent['RequestType'], properties: Record<string, unknown>, secondsLeft?: number): Promise<Answer> {
    return cdk!.send(this.events.event(type, properties), secondsLeft);
  }
}

async function newParty(newResource: (type: string) => Delivered): Promise<Party> {
  const ns = `fault-${++count}`;
  const kind = `Thing${count}`;
  await rig.make('/api/v1/namespaces', namespace(ns));
  const pruneLabel = `aws.cdk.eks/prune-${ns}`;
  const labelled = (o: any) => ({ ...o, metadata: { ...o.metadata, labels: { ...o.metadata?.labels, [pruneLabel]: '' } } });
  return {
    ns,
    kind,
    plural: `${kind.toLowerCase()}s`,
    manifest: (objects, more) => ({ Manifest: JSON.stringify(objects.map(labelled)), PruneLabel: pruneLabel, ...more }),
    resource: (type = RESOURCE_TYPES.CDK_MANIFEST) => newResource(type),
  };
}

/** What comes of a story in our hands, and in those of CDK's handler. */
function fault(title: string, story: (party: Party) => Promise<unknown>, outcome: { readonly ours: unknown; readonly cdk: unknown }): void {
  describe(title, () => {
    test('is right here', async () => {
      expect(await story(await newParty(type => rig.resource(type, `Ours${++count}`)))).toEqual(outcome.ours);
    });
    (CdkHandler.missing ? test.skip : test)(`is a fault of CDK's handler${CdkHandler.missing ? ` (not tried: ${CdkHandler.missing})` : ''}`, async () => {
      expect(await story(await newParty(type => new CdkResource(type)))).toEqual(outcome.cdk);
    });
  });
}

const configMapPath = (ns: string, name: string) => `/api/v1/namespaces/${ns}/configmaps/${name}`;
const exists = async (path: string) => await rig.get(path) !== undefined;

fault('a definition and an object of it in one manifest', async ({ ns, kind, plural, manifest, resource }) => {
  const { Status } = await resource().create(manifest([crd(kind), custom(kind, 'x', ns)]));
  return [Status, await exists(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.example.com`), await exists(`/apis/example.com/v1/namespaces/${ns}/${plural}/x`)];
}, { ours: ['SUCCESS', true, true], cdk: ['FAILED', true, false] });

fault('an object before its namespace', async ({ ns, manifest, resource }) => {
  const { Status } = await resource().create(manifest([configMap('x', {}, `${ns}-own`), namespace(`${ns}-own`)]));
  return [Status, await exists(`/api/v1/namespaces/${ns}-own`), await exists(configMapPath(`${ns}-own`, 'x'))];
}, { ours: ['SUCCESS', true, true], cdk: ['FAILED', true, false] });

fault('a create that fails in the middle, and the next try', async ({ ns, manifest, resource }) => {
  const first = resource();
  const broken = { ...deployment('web', ns), spec: { replicas: 'many' } };
  const failed = await first.create(manifest([configMap('x', {}, ns), broken]));
  await first.delete();
  const left = await exists(configMapPath(ns, 'x'));
  const retried = await resource().create(manifest([configMap('x', {}, ns), deployment('web', ns)]));
  return [failed.Status, left, retried.Status];
}, { ours: ['FAILED', false, 'SUCCESS'], cdk: ['FAILED', true, 'FAILED'] });

fault('a renamed construct: its objects move', async ({ ns, manifest, resource }) => {
  await resource().create(manifest([configMap('x', {}, ns)]));
  const { Status, Reason } = await resource().create(manifest([configMap('x', {}, ns)]));
  return [Status, /^taken over from "Ours\d+"/.test(Reason!), /AlreadyExists/.test(Reason!)];
}, { ours: ['SUCCESS', true, false], cdk: ['FAILED', false, true] });

fault('a renamed construct that overwrites: the live object stays', async ({ ns, manifest, resource }) => {
  const [old, renamed] = [resource(), resource()];
  const properties = manifest([configMap('x', {}, ns)], { Overwrite: true });
  await old.create(properties);
  // CloudFormation then removes the old one, or rolls the new one back.
  const { Status } = await renamed.create(properties);
  await (Status === 'SUCCESS' ? old : renamed).delete();
  return exists(configMapPath(ns, 'x'));
}, { ours: true, cdk: false });

fault('custom resources, service accounts, roles and policies that leave a manifest are pruned', async ({ ns, kind, plural, manifest, resource }) => {
  await rig.make('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd(kind));
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: ns };
  const leaving = [
    custom(kind, 'x', ns),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'x', namespace: ns } },
    { ...rbac, kind: 'ClusterRole', metadata: { name: ns }, rules: [] },
    { ...rbac, kind: 'ClusterRoleBinding', metadata: { name: ns }, roleRef: role },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'x', namespace: ns }, spec: { podSelector: {} } },
  ];
  const one = resource();
  await one.create(manifest([configMap('stays', {}, ns), ...leaving]));
  await one.update(manifest([configMap('stays', {}, ns)]));
  return Promise.all([
    `/apis/example.com/v1/namespaces/${ns}/${plural}/x`,
    `/api/v1/namespaces/${ns}/serviceaccounts/x`,
    `/apis/rbac.authorization.k8s.io/v1/clusterroles/${ns}`,
    `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${ns}`,
    `/apis/networking.k8s.io/v1/namespaces/${ns}/networkpolicies/x`,
    configMapPath(ns, 'stays'),
  ].map(exists));
}, { ours: [false, false, false, false, false, true], cdk: [true, true, true, true, true, true] });

fault('an object that moves to another namespace leaves nothing behind', async ({ ns, manifest, resource }) => {
  await rig.make('/api/v1/namespaces', namespace(`${ns}-new`));
  const one = resource();
  await one.create(manifest([configMap('x', {}, ns)]));
  await one.update(manifest([configMap('x', {}, `${ns}-new`)]));
  return [await exists(configMapPath(ns, 'x')), await exists(configMapPath(`${ns}-new`, 'x'))];
}, { ours: [false, true], cdk: [true, true] });

fault('a List is created and updated', async ({ ns, manifest, resource }) => {
  const list = (v: string) => manifest([{ apiVersion: 'v1', kind: 'List', items: [configMap('x', { v }, ns), configMap('y', { v }, ns)] }]);
  const one = resource();
  return [(await one.create(list('1'))).Status, (await one.update(list('2'))).Status, (await rig.get(configMapPath(ns, 'y')))?.data];
}, { ours: ['SUCCESS', 'SUCCESS', { v: '2' }], cdk: ['SUCCESS', 'FAILED', { v: '1' }] });

fault('"generateName" is refused at the beginning, not at the first update', async ({ ns, manifest, resource }) => {
  const one = resource();
  const nameless = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'x-', namespace: ns } };
  const created = await one.create(manifest([configMap('before', {}, ns), nameless]));
  return [created.Status, await exists(configMapPath(ns, 'before')), (await one.update(manifest([configMap('before', {}, ns), nameless]))).Status];
}, { ours: ['FAILED', false, 'FAILED'], cdk: ['SUCCESS', true, 'FAILED'] });

fault('an empty manifest, at first and later', async ({ ns, manifest, resource }) => {
  const one = resource();
  const answers = [await one.create(manifest([])), await one.update(manifest([configMap('x', {}, ns)])), await one.update(manifest([]))];
  return [answers.map(({ Status }) => Status), await exists(configMapPath(ns, 'x'))];
}, { ours: [['SUCCESS', 'SUCCESS', 'SUCCESS'], false], cdk: [['FAILED', 'SUCCESS', 'FAILED'], true] });

fault('a finalizer whose controller is gone', async ({ ns, manifest, resource }) => {
  const one = resource();
  await one.create(manifest([{ ...configMap('x', {}, ns), metadata: { name: 'x', namespace: ns, finalizers: ['example.com/gone'] } }]));
  const { Status, Reason } = await one.delete(14);
  return [Status, Reason?.match(/finalizer "(.*?)"/)?.[1]];
}, { ours: ['FAILED', 'example.com/gone'], cdk: ['no answer', undefined] });

fault('a delete that the server refuses', async ({ ns, manifest, resource }) => {
  const one = resource();
  await one.create(manifest([configMap('x', {}, ns)]));
  await forbidDeletes(ns);
  const { Status } = await one.delete();
  return [Status, await exists(configMapPath(ns, 'x'))];
}, { ours: ['FAILED', true], cdk: ['SUCCESS', true] });

async function forbidDeletes(ns: string): Promise<void> {
  const group = '/apis/admissionregistration.k8s.io/v1';
  const apiVersion = 'admissionregistration.k8s.io/v1';
  await rig.make(`${group}/validatingadmissionpolicies`, {
    apiVersion, kind: 'ValidatingAdmissionPolicy', metadata: { name: ns },
    spec: {
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': ns } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['configmaps'] }],
      },
      validations: [{ expression: 'false', message: 'nothing is deleted here' }],
    },
  });
  await rig.make(`${group}/validatingadmissionpolicybindings`, {
    apiVersion, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: ns }, spec: { policyName: ns, validationActions: ['Deny'] },
  });
  await until(async () => (await rig.plane.request('DELETE', `${configMapPath(ns, 'x')}?dryRun=All`)).status >= 400);
}

fault('a definition as large as that of Prometheus', async ({ kind, plural, manifest, resource }) => {
  const large = crd(kind);
  large.spec.versions[0].schema.openAPIV3Schema.properties.spec = {
    type: 'object', properties: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`field${i}`, { type: 'string', description: 'x'.repeat(200) }])),
  };
  const { Status } = await resource().create(manifest([large]));
  return [JSON.stringify(large).length > 480_000, Status, await exists(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.example.com`)];
}, { ours: [true, 'SUCCESS', true], cdk: [true, 'FAILED', false] });

fault('the reason of a refusal fits an answer', async ({ ns, manifest, resource }) => {
  const job = (image: string) => ({
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x', namespace: ns },
    spec: {
      suspend: true,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, env: Array.from({ length: 100 }, (_, i) => ({ name: `VARIABLE_${i}`, value: 'x'.repeat(50) })) }] } },
    },
  });
  const one = resource();
  await one.create(manifest([job('one:1')]));
  const { Status, Reason } = await one.update(manifest([job('two:2')]));
  return [Status, /immutable/.test(Reason!), Buffer.byteLength(Reason!) < 4096];
}, { ours: ['FAILED', true, true], cdk: ['FAILED', true, false] });

// With five hundred, as in bench/delivery.ts, it would be a minute and a half.
fault('a hundred objects are gone in seconds', async ({ ns, manifest, resource }) => {
  const one = resource();
  await one.create(manifest(Array.from({ length: 100 }, (_, i) => configMap(`x-${i}`, {}, ns))));
  const start = Date.now();
  await one.delete();
  return Date.now() - start < 8000;
}, { ours: true, cdk: false });

fault('a chart without its definitions', async ({ ns, kind, plural, resource }) => {
  const zip = new JSZip();
  zip.file('Chart.yaml', 'apiVersion: v2\nname: thing\nversion: 1.0.0\n');
  zip.file('crds/thing.yaml', JSON.stringify(crd(kind)));
  zip.file('templates/x.yaml', JSON.stringify(configMap('x')));
  const archive = await zip.generateAsync({ type: 'nodebuffer' });
  cdk?.put('assets', `${ns}.zip`, archive);
  rig.files.set(`/assets/${ns}.zip`, archive);
  const { Status } = await resource(RESOURCE_TYPES.CDK_HELM).create({ Release: 'x', Namespace: ns, ChartAssetURL: `s3://assets/${ns}.zip`, SkipCrds: true });
  return [Status, await exists(configMapPath(ns, 'x')), await exists(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.example.com`)];
}, { ours: ['SUCCESS', true, false], cdk: ['SUCCESS', true, true] });

fault('a chart of an OCI registry in its newest version', async ({ ns, resource }) => {
  execFileSync(process.env.HELM_PATH!, ['package', join(__dirname, 'fixtures', 'web'), '--version', '1.0.0', '--destination', folder]);
  const registry = await OciRegistry.start(folder, 'charts/web', '1.0.0', readFileSync(join(folder, 'web-1.0.0.tgz')));
  process.env.SSL_CERT_FILE = registry.certificate;
  try {
    const { Status, Reason } = await resource(RESOURCE_TYPES.CDK_HELM).create({ Release: 'web', Namespace: ns, Chart: 'web', Repository: `${registry.url}/charts/web`, SkipCrds: true });
    return [Status, /TypeError/.test(Reason ?? '')];
  } finally {
    delete process.env.SSL_CERT_FILE;
    await registry.stop();
  }
}, { ours: ['SUCCESS', false], cdk: ['FAILED', true] });
