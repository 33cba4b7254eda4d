import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { differencesFrom, takeState } from '../../rig/oracle/state';
import { Rehearsal } from '../../rig/rehearsal/rehearsal';
import { Act } from '../../rig/rehearsal/report';
import { unprotected } from '../../rig/rehearsal/variants';
import { Rig } from '../../rig/rig';

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'cdk-out-'));
let rig: Rig;
/** Hears what functions log. */
let heard: ((line: string) => void) | undefined;

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', 'tsconfig.all.json', 'examples/typescript/quickstart/app.ts'], {
    cwd: ROOT, env: { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' },
  });
  rig = await Rig.start({ leavesInterfaces: true, onLog: (_, line) => { heard?.(line); } });
}, 120_000);

afterEach(() => { heard = undefined; });

afterAll(async () => {
  await rig?.stop();
  rmSync(folder, { recursive: true });
});

const rehearsal = () => new Rehearsal(rig, rig.load(folder));
const bad = (acts: Act[]) => acts.filter(({ findings }) => findings.length > 0).map(({ name, findings }) => ({ name, findings }));

const template = () => rig.load(folder).stacks[0].template;
/** The resources at which something failed. */
const failed = (acts: Act[]) => acts.flatMap(({ name }) => /^fail \w+ the \w+ of \w+\/(\w+)/.exec(name)?.[1] ?? []).sort();
/** Every custom resource and one of each type. */
const sample = () => {
  const all = Object.entries(template().Resources);
  return all.filter(([, { Type }], i) => Type.startsWith('Custom::') || all.findIndex(([, other]) => other.Type === Type) === i).map(([id]) => id).sort();
};

test('the quickstart is created, changed, changed back and deleted, and nothing unexpected is left', async () => {
  const life = rehearsal();
  await life.life();
  expect(bad(life.acts)).toEqual([]);
  expect(life.acts.map(({ name }) => name)).toEqual([
    'create', 'take deletion protection off', 'change', 'change back', 'deploy the same again: nothing is done', 'delete',
  ]);
}, 1_200_000);

test('a cluster goes from one Kubernetes version to the next in an order that AWS accepts', async () => {
  const life = rehearsal();
  await life.versionUpdate();
  expect(bad(life.acts)).toEqual([]);
}, 1_200_000);

test('whatever users change arrives and goes again, and is rolled back when it fails', async () => {
  const life = rehearsal();
  await life.changes();
  expect(bad(life.acts)).toEqual([]);
}, 1_200_000);

test('a first create that fails at a custom resource or at one resource of a type is rolled back to nothing, and the next one succeeds', async () => {
  const life = rehearsal();
  await life.failOnCreate('sample', 'by turns');
  expect(bad(life.acts)).toEqual([]);
  expect(failed(life.acts)).toEqual(sample());
}, 1_200_000);

test('a change that fails at a custom resource or at one resource of a type is rolled back to what was there, and the next one succeeds', async () => {
  const life = rehearsal();
  await life.failOnUpdate('sample', 'by turns');
  expect(bad(life.acts)).toEqual([]);
  // These have nothing that could change but what they join.
  const joins = ['AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPCGatewayAttachment'];
  expect(failed(life.acts)).toEqual(sample().filter(id => !joins.includes(template().Resources[id].Type)));
}, 1_200_000);

test('every resource may fail to be deleted once: deleting again comes to an end', async () => {
  const life = rehearsal();
  await life.failEveryDeleteOnce('before');
  expect(bad(life.acts)).toEqual([]);
}, 1_200_000);

test('a drain and a sweep that are killed at their work, each of them twice, are asked again and carry on', async () => {
  const killers: [state: string, pattern: RegExp][] = [
    ['load balancers wait for their controller, or are gone just now', /^(\d+|no) load balancers left/],
    ['nodes wait for Karpenter', /nodes of Karpenter left$/],
    ['the sweep has begun', /^no instances left/],
    ['the sweep has removed something', /^removed of network interfaces/],
  ];
  const [{ name }] = rig.load(folder).stacks;
  const empty = await takeState(rig.model);
  const seen: string[] = [];
  const incidents = rig.lambda.incidents.length;
  expect((await rig.engine.deploy(name, unprotected(template()))).status).toBe('CREATE_COMPLETE');
  heard = line => {
    if (killers.length > 0 && killers[0][1].test(line)) {
      seen.push(killers.shift()![0]);
      rig.lambda.killRunning();
    }
  };
  const stack = await rig.engine.delete(name);
  expect(stack).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(killers).toEqual([]);
  expect(rig.lambda.incidents.slice(incidents)).toEqual(expect.arrayContaining(['Drain', 'Sweep'].flatMap(what => [1, 2].map(attempt =>
    expect.stringMatching(new RegExp(`^Delete ClusterTeardown${what}\\w*, attempt ${attempt}: killed`))))));
  stack.kept.splice(0).forEach(({ type, physicalId: id }) => rig.model.world.remove({ type, id }));
  const left = [...await differencesFrom(empty, rig.model), ...rig.residues.splice(0).flatMap(({ objects }) => objects)];
  // Definitions that a Helm chart brought outlive it.
  expect(left.filter(line => !line.includes(' CustomResourceDefinition '))).toEqual([]);
}, 1_200_000);

test('a delete that fails at the drain, the sweep, the nodes or the network succeeds the second time', async () => {
  const ids = Object.keys(template().Resources);
  const some = [/^ClusterTeardownDrain/, /^ClusterTeardownSweep/, /^ClustermanagednodegroupSystem[0-9A-F]{8}$/, /^ClusterEB/, /^Vpc[0-9A-F]{8}$/]
    .map(pattern => ids.find(id => pattern.test(id))!);
  const life = rehearsal();
  await life.failOnDelete(some, 'by turns');
  expect(bad(life.acts)).toEqual([]);
  expect(failed(life.acts)).toEqual(some.sort());
}, 1_200_000);
