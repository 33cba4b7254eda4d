/*
 * Measures the typical platform against a plain aws-eks-v2 app. See README.md.
 */
import { execFileSync, spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { buildSync } from 'esbuild';
import { addonFigures, addonTable } from './addons';
import { Template } from '../src/private/template-graph';

const root = resolve(__dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'eks-slipway-bench-'));
const RUNS = 7;

interface Run {
  readonly cpu: number;
  readonly rss: number;
}

interface Figure {
  readonly what: string;
  readonly value: string;
  readonly budget: string;
  readonly ok: boolean;
}

/** An app of bench/apps as plain JavaScript that loads the compiled library, as a user's app does. */
function compile(app: string): string {
  const outfile = join(scratch, `${app}.js`);
  buildSync({
    entryPoints: [join(root, 'bench', 'apps', `${app}.ts`)], outfile, platform: 'node', format: 'cjs', bundle: true, packages: 'external',
    banner: { js: 'process.on("exit", () => { const u = process.resourceUsage(); require("fs").writeFileSync(process.env.USAGE, JSON.stringify({ cpu: (u.userCPUTime + u.systemCPUTime) / 1e6, rss: u.maxRSS / 1024 })); });' },
  });
  writeFileSync(outfile, readFileSync(outfile, 'utf8').replaceAll('require("eks-slipway")', `require(${JSON.stringify(join(root, 'lib', 'index.js'))})`));
  return outfile;
}

function synth(script: string, outdir: string, environment: Record<string, string> = {}): Run {
  const usage = join(scratch, 'usage.json');
  const result = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false', USAGE: usage, NODE_PATH: join(root, 'node_modules'), ...environment },
  });
  if (result.status !== 0) {
    throw new Error(`${script} failed:\n${result.stderr}`);
  }
  return JSON.parse(readFileSync(usage, 'utf8'));
}

function templateIn(outdir: string): Template {
  const file = readdirSync(outdir).find(name => name.endsWith('.template.json'))!;
  return JSON.parse(readFileSync(join(outdir, file), 'utf8'));
}

/** Kilobytes, minified. */
function size(template: Template): number {
  return Buffer.byteLength(JSON.stringify(template)) / 1024;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Megabytes and packages of a node_modules folder. */
function installed(folder: string): { mb: number; packages: number } {
  const kb = Number(execFileSync('du', ['-sk', join(folder, 'node_modules')], { encoding: 'utf8' }).split('\t')[0]);
  const lock = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  // as npm counts: what a package brings bundled in itself is part of it
  return { mb: kb / 1024, packages: Object.values<any>(lock.packages).filter(entry => !entry.inBundle).length };
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function figures(): Figure[] {
  const typical = compile('typical');
  const plain = compile('plain');
  const outdir = join(scratch, 'typical.out');
  synth(typical, outdir);
  synth(plain, join(scratch, 'plain.out'));

  const template = templateIn(outdir);
  synth(typical, join(scratch, 'undrained.out'), { TEARDOWN: 'off' });
  const undrained = templateIn(join(scratch, 'undrained.out'));
  const resources = Object.values(template.Resources!);
  const count = (test: (type: string) => boolean) => resources.filter(resource => test(resource.Type)).length;
  const vpc = Object.entries(template.Resources!).filter(([id, { Type: type }]) => /^AWS::EC2::(VPC|Subnet|Route|Internet|Nat|EIP|FlowLog)/.test(type) || /FlowLog/.test(id)).length;
  const custom = count(type => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource');

  const runs: [Run, Run][] = [];
  for (let i = 0; i < RUNS; i++) {
    runs.push([synth(typical, outdir), synth(plain, join(scratch, 'plain.out'))]);
  }
  const ratio = (figure: keyof Run) => median(runs.map(([a, b]) => a[figure] / b[figure]));
  const spread = (figure: keyof Run) => {
    const ratios = runs.map(([a, b]) => a[figure] / b[figure]);
    return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  };

  const atMost = (what: string, value: number, limit: number, unit = '', digits = 0): Figure => ({
    what, value: `${value.toFixed(digits)}${unit}`, budget: `at most ${limit}${unit}`, ok: value <= limit,
  });
  const results = [
    atMost('resources', resources.length, 105),
    atMost('resources without the VPC', resources.length - vpc, 72),
    atMost('template, minified', size(template), 70, ' KB', 1),
    atMost('custom resources', custom, 12),
    atMost('Lambda functions', count(type => type === 'AWS::Lambda::Function'), 1),
    atMost('of these for the teardown: resources', resources.length - Object.keys(undrained.Resources!).length, 3),
    atMost('of these for the teardown: template, minified', size(template) - size(undrained), 5, ' KB', 1),
    atMost(`synth CPU / plain (${spread('cpu')})`, ratio('cpu'), 1.5, '', 2),
    atMost(`peak memory / plain (${spread('rss')})`, ratio('rss'), 1.35, '', 2),
  ];

  const { peerDependencies: peers } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const base = mkdtempSync(join(scratch, 'install-'));
  writeFileSync(join(base, 'package.json'), '{"private":true}');
  const floor = (name: string) => `${name}@${peers[name].replace('^', '')}`;
  npm(base, 'install', '--omit=optional', floor('aws-cdk-lib'), floor('constructs'));
  const before = installed(base);
  const [{ filename }] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch));
  npm(base, 'install', '--omit=optional', join(scratch, filename), 'cdk8s', 'cdk8s-plus-27');
  const after = installed(base);
  results.push(atMost('installing it adds', after.mb - before.mb, 20, ' MB', 1), atMost('packages it adds', after.packages - before.packages, 8));
  return results;
}

/** The same platform, as far as it goes, in a peer. */
function peer(): string {
  const folder = mkdtempSync(join(scratch, 'peer-'));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  npm(folder, 'install', '@aws-quickstart/eks-blueprints');
  writeFileSync(join(folder, 'app.js'), `
    const cdk = require('aws-cdk-lib');
    const blueprints = require('@aws-quickstart/eks-blueprints');
    const app = new cdk.App({ analyticsReporting: false });
    blueprints.EksBlueprint.builder().account('123456789012').region('us-east-1').version('auto')
      .addOns(new blueprints.VpcCniAddOn(), new blueprints.CoreDnsAddOn(), new blueprints.KubeProxyAddOn(), new blueprints.MetricsServerAddOn(),
        new blueprints.EbsCsiDriverAddOn(), new blueprints.AwsLoadBalancerControllerAddOn(), new blueprints.KarpenterAddOn(), new blueprints.CertManagerAddOn())
      .build(app, 'Peer');`);
  const started = process.hrtime.bigint();
  const result = spawnSync(process.execPath, ['app.js'], { cwd: folder, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: join(folder, 'out'), CDK_VALIDATION: 'false' } });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { mb, packages } = installed(folder);
  if (result.status !== 0) {
    return `cdk-eks-blueprints: ${mb.toFixed(0)} MB in ${packages} packages; its app did not synthesize here: ${result.stderr.split('\n').find(line => /Error/.test(line)) ?? result.stderr.slice(0, 200)}`;
  }
  const templates = readdirSync(join(folder, 'out'), { recursive: true }).map(String).filter(name => name.endsWith('.template.json'))
    .map(name => JSON.parse(readFileSync(join(folder, 'out', name), 'utf8')) as Template);
  const resources = templates.flatMap(template => Object.values(template.Resources ?? {}));
  return `cdk-eks-blueprints: ${resources.length} resources in ${templates.length} templates, ${resources.filter(r => r.Type === 'AWS::Lambda::Function').length} functions, `
    + `${seconds.toFixed(1)} s, ${mb.toFixed(0)} MB in ${packages} packages`;
}

try {
  const results = figures();
  for (const { what, value, budget, ok } of results) {
    console.log(`${ok ? 'ok  ' : 'OVER'}  ${what.padEnd(48)} ${value.padStart(9)}   ${budget}`);
  }
  console.log(`\n${addonTable(addonFigures())}`);
  if (process.argv.includes('--peer')) {
    console.log(peer());
  }
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
