import { execFile, spawn } from 'child_process';
import { mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { createInterface } from 'readline';
import { parseArgs, promisify } from 'util';
import { findAssets } from './control-plane/assets';
import { helmPath } from './control-plane/helm';
import { Assembly } from './engine/assembly';
import { makeExistingCluster } from './model/existing-cluster';
import { Rehearsal, Which } from './rehearsal/rehearsal';
import { asLines, isGood, Part, Report, sizeOf, summary } from './rehearsal/report';
import { Rig } from './rig';

const USAGE = `Rehearses the stacks of a synthesized app on this machine: a model of AWS, a real Kubernetes API server, the real Lambda code.

npx tsx rig/rehearse.ts [FOLDER] [what] [how]

FOLDER                  what cdk synth wrote (default: cdk.out)
what (default: --life)
  --life                create, change, change back, delete
  --changes             what users do: values, objects more and less, another namespace, another id; there and back, and failing
  --version-update      create one Kubernetes version before, update, delete
  --fail-on-create      fail at a resource, roll back to nothing; again for the next resource
  --fail-on-update      fail at a resource of a change, roll back to what was there; again for the next resource
  --fail-on-delete      fail at a resource, delete again; again for the next resource
  --fail-at-every-step  the last three, at all resources, before and after their effect
how
  --all                 at all resources, not at every custom resource and one of each type
  --leave-interfaces    the VPC CNI leaves network interfaces behind, as it does now and then
  --existing-cluster NAME  a cluster of this name is there, which no stack makes
  --after               fail after the effect, not before it
  --processes N         how much of this runs at the same time, each with a rig of its own (default: 2)
  --json FILE           write the report as JSON too
  --verbose             print what the functions log
`;

/** What can be rehearsed without the rest. */
const PARTS: { [name: string]: (rehearsal: Rehearsal, which: Which) => Promise<void> } = {
  'life': rehearsal => rehearsal.life(),
  'changes': rehearsal => rehearsal.changes(),
  'version-update': rehearsal => rehearsal.versionUpdate(),
  'fail-on-create-before': (rehearsal, which) => rehearsal.failOnCreate(which, 'before'),
  'fail-on-create-after': (rehearsal, which) => rehearsal.failOnCreate(which, 'after'),
  'fail-on-delete-before': (rehearsal, which) => rehearsal.failOnDelete(which, 'before'),
  'fail-on-delete-after': (rehearsal, which) => rehearsal.failOnDelete(which, 'after'),
  'fail-on-update-before': (rehearsal, which) => rehearsal.failOnUpdate(which, 'before'),
  'fail-on-update-after': (rehearsal, which) => rehearsal.failOnUpdate(which, 'after'),
};

interface Settings {
  readonly folder: string;
  readonly which: Which;
  readonly leavesInterfaces: boolean;
  readonly existingCluster?: string;
  readonly verbose: boolean;
}

async function main(): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'life': flag, 'changes': flag, 'version-update': flag, 'fail-on-create': flag, 'fail-on-update': flag, 'fail-on-delete': flag, 'fail-at-every-step': flag,
      'leave-interfaces': flag, 'all': flag, 'after': flag, 'verbose': flag, 'help': flag, 'json': text, 'existing-cluster': text, 'processes': text,
      // One part, in a process that this program has started.
      'part': text,
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const every = values['fail-at-every-step'];
  const settings: Settings = {
    folder: resolve(positionals[0] ?? 'cdk.out'),
    which: every || values.all ? 'all' : 'sample',
    leavesInterfaces: values['leave-interfaces'] ?? false,
    existingCluster: values['existing-cluster'],
    verbose: values.verbose ?? false,
  };
  const asked = Object.keys(PARTS).filter(name => {
    const [, failure, when] = /^(fail-on-\w+)-(\w+)$/.exec(name) ?? [];
    return failure ? every || (values[failure as 'fail-on-create'] && when === (values.after ? 'after' : 'before')) : values[name as 'life'];
  });
  const names = values.part ? [values.part] : asked.length > 0 ? asked : ['life'];
  const started = Date.now();
  const parts = names.length === 1
    ? [await rehearse(names[0], settings)]
    // Lives are short: they go last, where the others leave gaps.
    : await inProcesses([...names].reverse(), Number(values.processes ?? 2), name => rehearseElsewhere(name, settings));
  const report: Report = {
    date: new Date(started).toISOString(),
    versions: await versions(),
    stacks: Assembly.read(settings.folder).stacks.map(sizeOf),
    ok: parts.every(({ acts }) => isGood(acts)),
    seconds: Math.round((Date.now() - started) / 1000),
    parts: names.map(name => parts.find(part => part.name === name)!),
  };
  if (!values.part) { console.log(`\n${summary(report)}`); }
  if (values.json) { await writeFile(values.json, JSON.stringify(report, undefined, 1)); }
  process.exitCode = report.ok ? 0 : 1;
}

async function rehearse(name: string, { folder, which, leavesInterfaces, existingCluster, verbose }: Settings): Promise<Part> {
  const started = Date.now();
  const rig = await Rig.start({ leavesInterfaces, onLog: verbose ? (source, line) => console.error(`${source}: ${line}`) : undefined });
  try {
    const rehearsal = new Rehearsal(rig, rig.load(folder), act => console.log(asLines(act)));
    if (existingCluster) { await makeExistingCluster(rig.model, existingCluster); }
    await PARTS[name](rehearsal, which);
    return { name, seconds: Math.round((Date.now() - started) / 1000), acts: rehearsal.acts };
  } finally {
    await rig.stop();
  }
}

/** In a process of its own, since a rig uses one processor at most. */
async function rehearseElsewhere(name: string, { folder, which, leavesInterfaces, existingCluster, verbose }: Settings): Promise<Part> {
  const temporary = await mkdtemp(join(tmpdir(), 'rehearsal-'));
  const file = join(temporary, 'report.json');
  const child = spawn(process.execPath, [...process.execArgv, __filename, folder, '--part', name, '--json', file,
    ...which === 'all' ? ['--all'] : [], ...leavesInterfaces ? ['--leave-interfaces'] : [], ...verbose ? ['--verbose'] : [],
    ...existingCluster ? ['--existing-cluster', existingCluster] : []], { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).on('line', line => console.log(`${name}: ${line}`));
  await new Promise(done => child.once('close', done));
  try {
    return JSON.parse(await readFile(file, 'utf8')).parts[0];
  } catch {
    throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode} and without a report`);
  } finally {
    await rm(temporary, { recursive: true });
  }
}

async function versions(): Promise<Report['versions']> {
  const said = async (program: string, ...args: string[]) => (await promisify(execFile)(program, args)).stdout.trim();
  return {
    'Node.js': process.versions.node,
    'Kubernetes': (await said(join(findAssets(), 'kube-apiserver'), '--version')).replace(/^Kubernetes v/, ''),
    'helm': (await said(await helmPath(), 'version', '--short')).replace(/^v|\+.*/g, ''),
    'aws-cdk-lib': JSON.parse(await readFile(require.resolve('aws-cdk-lib/package.json'), 'utf8')).version,
  };
}

async function inProcesses(names: string[], count: number, work: (name: string) => Promise<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  const open = [...names];
  await Promise.all(Array.from({ length: count }, async () => {
    for (let name = open.shift(); name; name = open.shift()) { parts.push(await work(name)); }
  }));
  return parts;
}

main().catch(e => {
  console.error(e.message);
  process.exitCode = 2;
});
