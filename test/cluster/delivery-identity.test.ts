import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answer, chart, deployment, DeliveryRig, namespace } from './delivery-rig';
import { PodIdentityWebhook } from './pod-identity-webhook';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

let rig: DeliveryRig;
let webhook: PodIdentityWebhook;
let ns: string;
let count = 0;
beforeAll(async () => {
  rig = await DeliveryRig.start();
  webhook = await PodIdentityWebhook.start();
  await rig.make('/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', webhook.configuration);
});
afterAll(async () => {
  await rig?.stop();
  await webhook?.stop();
});
beforeEach(async () => {
  rig.logs.length = 0;
  ns = `identity-${++count}`;
  await rig.make('/api/v1/namespaces', namespace(ns));
});

/** The association of a service account arrives after the first so many of its pods; `vital`: without its credentials pods could not start. */
function associate(serviceAccount: string, tooEarly: number, vital = false): void {
  webhook.associations.set(`${ns}/${serviceAccount}`, { tooEarly, then: vital ? [{ op: 'remove', path: '/spec/nodeSelector' }] : [] });
}

const serviceAccount = () => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'orders', namespace: ns } });
const budget = (maxUnavailable: number) => ({
  apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'orders', namespace: ns }, spec: { maxUnavailable, selector: { matchLabels: { app: 'orders' } } },
});

/** Two pods of the service account `orders`; `vital`: they do not run without credentials. */
function orders(vital = false): any {
  const workload = deployment('orders', ns, { replicas: 2 });
  Object.assign(workload.spec.template.spec, { serviceAccountName: 'orders' }, vital ? { nodeSelector: { nowhere: 'yet' } } : {});
  return workload;
}

interface Pod {
  readonly uid: string;
  readonly ready: boolean;
  readonly hasCredentials: boolean;
}

async function pods(): Promise<Pod[]> {
  const { items } = await rig.get(`/api/v1/namespaces/${ns}/pods`);
  return items.filter((pod: any) => !pod.metadata.deletionTimestamp).map((pod: any) => ({
    uid: pod.metadata.uid,
    ready: pod.status.conditions?.some((c: any) => c.type === 'Ready' && c.status === 'True') ?? false,
    hasCredentials: pod.spec.containers[0].env?.some((e: any) => e.name === 'AWS_CONTAINER_CREDENTIALS_FULL_URI') ?? false,
  }));
}

const newChart = () => rig.resource(RESOURCE_TYPES.CHART, `Identity${++count}`);
const delivered = (objects: object[], more = {}) => chart(objects, { Identities: [`${ns}/orders`], ...more });
const replaced = () => rig.logs.filter(line => line.startsWith('replaced Pod')).length;

function expectSuccess({ Status, Reason }: Answer): void {
  expect({ Status, Reason }).toEqual({ Status: 'SUCCESS', Reason: undefined });
}

const RUNNING = { ready: true, hasCredentials: true };

test('pods that started before their association arrived are replaced, one after the other, as their disruption budget allows; then never again', async () => {
  const resource = newChart();
  const objects = [serviceAccount(), budget(1), orders()];
  associate('orders', 2);
  let isOver = false;
  const created = resource.create(delivered(objects)).finally(() => { isOver = true; });
  let fewest = Infinity;
  let started = false;
  while (!isOver) {
    const ready = (await pods()).filter(pod => pod.ready).length;
    started ||= ready === 2;
    fewest = started ? Math.min(fewest, ready) : fewest;
  }
  expectSuccess(await created);
  expect(await pods()).toEqual([expect.objectContaining(RUNNING), expect.objectContaining(RUNNING)]);
  expect(replaced()).toBe(2);
  // 2 where one was there again before anybody looked.
  expect([1, 2]).toContain(fewest);
  // The workload itself was not touched: nothing has drifted from what was delivered.
  expect((await rig.get(`/apis/apps/v1/namespaces/${ns}/deployments/orders`)).metadata.generation).toBe(1);

  const before = await pods();
  expectSuccess(await resource.update(delivered(objects, { Revision: '2' })));
  expect(await pods()).toEqual(before);
});

test('a workload that cannot become ready without credentials is helped while the delivery waits for it, whatever its disruption budget', async () => {
  associate('orders', 2, true);
  expectSuccess(await newChart().create(delivered([serviceAccount(), budget(0), orders(true)], { Timeout: 40 })));
  expect(await pods()).toEqual([expect.objectContaining(RUNNING), expect.objectContaining(RUNNING)]);
});

test('pods of a Helm release are replaced too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    execFileSync(process.env.HELM_PATH!, ['package', join(__dirname, 'fixtures', 'web'), '--version', '1.0.0', '--destination', folder]);
    rig.files.set('/assets/web.tgz', readFileSync(join(folder, 'web-1.0.0.tgz')));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const release = { Release: 'web', Namespace: ns, ChartAsset: { Bucket: 'assets', Key: 'web.tgz' }, SkipCrds: true, Identities: [`${ns}/default`] };
  associate('default', 1);
  expectSuccess(await rig.resource(RESOURCE_TYPES.HELM_RELEASE, 'Web').create(release));
  expect(await pods()).toEqual([expect.objectContaining(RUNNING)]);
});

test('where no credentials come, each pod is replaced once, and the answer says which still has none', async () => {
  const answer = await newChart().create(delivered([serviceAccount(), orders()]));
  expect(answer).toEqual(expect.objectContaining({
    Status: 'SUCCESS', Reason: expect.stringMatching(/^pods without the credentials of their service account: identity-\d+\/orders-\S+, identity-\d+\/orders-\S+$/),
  }));
  expect(replaced()).toBe(2);
});

test('what a disruption budget holds stays, and so do pods that nobody would make again', async () => {
  const alone = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'alone', namespace: ns }, spec: orders().spec.template.spec };
  const job = {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'import', namespace: ns },
    spec: { template: { metadata: { annotations: { 'kwok.x-k8s.io/usage-cpu': '1' } }, spec: { ...alone.spec, restartPolicy: 'Never', nodeSelector: { nowhere: 'yet' } } } },
  };
  const resource = newChart();
  expect(await resource.create(chart([serviceAccount(), budget(0), orders(), alone, { ...job, spec: { ...job.spec, suspend: true } }]))).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  await rig.plane.request('PATCH', `/apis/batch/v1/namespaces/${ns}/jobs/import`, { spec: { suspend: false } });
  const before = await pods();
  associate('orders', 0);
  const answer = await resource.update(delivered([serviceAccount(), budget(0), orders(), alone, job], { Wait: false }));
  expect(answer).toEqual(expect.objectContaining({ Status: 'SUCCESS', Reason: expect.stringMatching(/pods without the credentials .*identity-\d+\/alone, .*\/orders-/) }));
  expect(await pods()).toEqual(expect.arrayContaining(before));
  expect(replaced()).toBe(0);
});
