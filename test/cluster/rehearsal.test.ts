import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Rehearsal } from '../../rig/rehearsal/rehearsal';
import { Act } from '../../rig/rehearsal/report';
import { Rig } from '../../rig/rig';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'cdk-out-'));
let rig: Rig;

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', 'tsconfig.all.json', 'examples/typescript/quickstart/app.ts'], {
    cwd: ROOT, env: { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' },
  });
  rig = await Rig.start({ leavesInterfaces: true });
}, 120_000);

afterAll(async () => {
  await rig?.stop();
  rmSync(folder, { recursive: true });
});

const rehearsal = () => new Rehearsal(rig, rig.load(folder));
const bad = (acts: Act[]) => acts.filter(({ findings }) => findings.length > 0).map(({ name, findings }) => ({ name, findings }));

test('the quickstart is created, changed, changed back and deleted, and nothing unexpected is left', async () => {
  const life = rehearsal();
  await life.life();
  expect(bad(life.acts)).toEqual([]);
  expect(life.acts.map(({ name }) => name)).toEqual([
    'create', 'take deletion protection off', 'change', 'change back', 'deploy the same again: nothing is done', 'delete',
  ]);
}, 600_000);

test('a cluster goes from one Kubernetes version to the next in an order that AWS accepts', async () => {
  const life = rehearsal();
  await life.versionUpdate();
  expect(bad(life.acts)).toEqual([]);
}, 600_000);

test.each(['before', 'after'] as const)('a first create that fails %s a resource is rolled back to nothing, and the next one succeeds', async when => {
  const ids = Object.keys(rig.load(folder).stacks[0].template.Resources);
  const some = [/^ClusterEB/, /^ClusterVpcCniAddon/, /^ClustermanagednodegroupSystem[0-9A-F]{8}$/, /^KarpenterGeneral/].map(pattern => ids.find(id => pattern.test(id))!);
  const life = rehearsal();
  await life.failOnCreate(some, when);
  expect(bad(life.acts)).toEqual([]);
  expect(life.acts).toHaveLength(some.length + 2);
}, 600_000);

test('every resource may fail to be deleted once: deleting again comes to an end', async () => {
  const life = rehearsal();
  await life.failEveryDeleteOnce('before');
  expect(bad(life.acts)).toEqual([]);
}, 600_000);
