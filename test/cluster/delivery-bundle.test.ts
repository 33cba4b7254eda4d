import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answer, chart, configMap, DeliveryRig, Resource } from './delivery-rig';
import { RESOURCE_TYPES } from '../../handlers/delivery/events';

const ROOT = join(__dirname, '..', '..');
let rig: DeliveryRig;
let folder: string;
let bundle: string;
/** All that processes printed. */
let printed = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  bundle = join(ROOT, 'lib', 'handlers', 'delivery', 'index.js');
  const sources = join(ROOT, 'handlers', 'delivery', 'index.ts');
  if (!existsSync(bundle) || statSync(bundle).mtimeMs < statSync(sources).mtimeMs) {
    bundle = join(folder, 'index.js');
    execFileSync(join(ROOT, 'node_modules', '.bin', 'esbuild'), [
      sources, '--bundle', '--minify', '--platform=node', '--target=node20', '--external:@aws-sdk/*', `--outfile=${bundle}`, '--log-level=error',
    ]);
  }
  rig = await DeliveryRig.start();
});
afterAll(async () => {
  await rig?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the bundle in a process of its own, as Lambda does, and returns what it answered; `killedAfter` ends it in the middle. */
async function invoke(event: object, killedAfter?: RegExp): Promise<Answer | undefined> {
  const before = rig.answers.length;
  const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 60000 }).then(() => process.exit(0), e => { console.error(e); process.exit(1); });`;
  const child = spawn(process.execPath, ['-e', script], { env: { ...process.env, ...rig.environment, NODE_PATH: join(ROOT, 'node_modules') } });
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk;
    printed += chunk;
    if (killedAfter?.test(output)) {
      child.kill('SIGKILL');
    }
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const code = await new Promise(resolve => child.on('close', resolve));
  if (!killedAfter && code !== 0) {
    throw new Error(output);
  }
  return rig.answers[before];
}

function newChart(id: string): Resource {
  return rig.resource(RESOURCE_TYPES.CHART, id);
}

test('the bundle delivers in a process of its own, and fits a Lambda function', async () => {
  const resource = newChart('Bundled');
  expect(await invoke(resource.event('Create', chart([configMap('bundled')])))).toEqual(expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: 'rehearsal/shop/Bundled' }));
  expect(await rig.get('/api/v1/namespaces/default/configmaps/bundled')).toBeDefined();
  expect(statSync(bundle).size).toBeLessThan(3_000_000);
});

test('the bundle reads an asset with the SDK of its surroundings', async () => {
  rig.files.set('/assets/a.json', JSON.stringify([JSON.stringify([configMap('from-asset', { v: '@@' })]).split('@@')].flat()));
  const event = newChart('Asset').event('Create', { Content: { Bucket: 'assets', Key: 'a.json', Values: ['x"y'] } });
  expect(await invoke(event)).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  expect((await rig.get('/api/v1/namespaces/default/configmaps/from-asset')).data.v).toBe('x"y');
});

test('what is secret is in nothing that the process prints or answers, and in no inventory', async () => {
  const secret = (password: unknown) => [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'planted', namespace: 'default' }, stringData: { password } }];
  const resource = newChart('Planted');
  const answers = [
    await invoke(resource.event('Create', chart(secret('hunter2hunter2')))),
    await invoke(resource.event('Update', chart(secret(['hunter2hunter2'])))),
    await invoke(resource.event('Update', { Content: { Parts: ['[{"hunter2hunter2'] } })),
    await invoke(rig.resource(RESOURCE_TYPES.HELM_RELEASE, 'PlantedToo').event('Create', {
      Release: 'planted', Namespace: 'default', Chart: 'none', Repository: `${rig.url}/none`, Version: '1.0.0', Content: { Parts: ['{"password":"hunter2hunter2"}'] },
    })),
    await invoke(resource.event('Delete', chart(secret('hunter2hunter2')))),
  ];
  expect(answers.map(answer => answer?.Status)).toEqual(['SUCCESS', 'FAILED', 'FAILED', 'FAILED', 'SUCCESS']);
  const { items } = await rig.get('/api/v1/namespaces/kube-system/configmaps');
  const told = [printed, JSON.stringify([answers, items])].join();
  expect(printed).toContain('Secret default/planted');
  expect(told).not.toContain('hunter2');
  expect(told).not.toContain(Buffer.from('hunter2hunter2').toString('base64'));
});

test.each([
  ['the same event again', (r: Resource, objects: object[], first: object) => invoke(first ?? r.event('Create', chart(objects))), 40],
  ['the delete of a rollback', (r: Resource, objects: object[]) => invoke(r.event('Delete', chart(objects))), 0],
])('a create that was killed half-way is brought to an end by %s', async (_title, next, expected) => {
  const resource = newChart(`Killed${expected}`);
  const objects = Array.from({ length: 40 }, (_, i) => configMap(`killed-${expected}-${i}`));
  const event = resource.event('Create', chart(objects));
  expect(await invoke(event, /applied ConfigMap/)).toBeUndefined();
  expect(await next(resource, objects, event)).toEqual(expect.objectContaining({ Status: 'SUCCESS' }));
  const { items } = await rig.get('/api/v1/namespaces/default/configmaps');
  expect(items.filter((o: any) => o.metadata.name.startsWith(`killed-${expected}-`))).toHaveLength(expected);
});
