import { execFile } from 'child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { mkdir } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { cacheDir } from '../../rig/control-plane/cache';
import { helmPath } from '../../rig/control-plane/helm';
import * as addons from '../../src/addons';
import { content, withHelm } from '../addons/fixtures';
import { FULL_ADDONS } from '../addons/full-addons';
import { REQUIRED_PROPS } from '../addons/required-props';
import { newCluster } from '../clusters';

/** A release as the delivery function is told of it. */
export interface Release {
  /** The add-on that has it, and with what props. */
  readonly of: string;
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
  readonly release: string;
  readonly namespace: string;
  readonly values: any;
  readonly skipCrds: boolean;
}

/** Objects that an add-on delivers without helm. */
export interface Delivered {
  readonly of: string;
  readonly objects: any[];
}

/** All that all add-ons deliver, each with what it needs and with all that it can have. */
export function everythingDelivered(): { readonly releases: Release[]; readonly charts: Delivered[] } {
  const classes = Object.entries(addons as Record<string, any>).filter(([name, value]) =>
    typeof value === 'function' && value.prototype instanceof Construct && name !== 'PodIdentityAgent'); // the cluster of the tests has it
  const stacks: [string, Stack][] = [
    ['least', inStack((scope, cluster) => classes.forEach(([name, Addon]) => new Addon(scope, name, { cluster, ...REQUIRED_PROPS[name]?.(scope) })))],
    ['full', inStack((scope, cluster) => Object.entries(FULL_ADDONS).forEach(([name, make]) => make(scope, name, cluster)))],
  ];
  const all = stacks.flatMap(([what, stack]) => Object.entries<any>(Template.fromStack(stack).toJSON().Resources).map(([id, resource]) => ({
    ...resource, of: `${classes.map(([name]) => name).filter(name => id.startsWith(name)).sort((a, b) => b.length - a.length)[0]}, ${what}`,
  })));
  return {
    releases: all.filter(({ Type }) => Type === 'Custom::EKSSlipway-HelmRelease').map(({ of, Properties: p }) => ({
      of,
      chart: p.Chart,
      repository: p.Repository,
      version: p.Version,
      release: p.Release,
      namespace: p.Namespace,
      values: known(p.Content ? content({ Properties: p }) : {}),
      skipCrds: p.SkipCrds === 'true',
    })),
    charts: all.filter(({ Type }) => Type === 'Custom::EKSSlipway-Chart').map(resource => ({ of: resource.of, objects: known(content(resource)) })),
  };
}

function inStack(make: (scope: Stack, cluster: eks.ICluster) => void): Stack {
  const stack = new Stack(new App(), 'Stack');
  make(stack, withHelm(newCluster(stack, 'Cluster', eks.KubernetesVersion.V1_36)));
  return stack;
}

/** With something like it in the place of what only the deployment knows. */
function known(value: any): any {
  return JSON.parse(JSON.stringify(value).replace(/\$\{[A-Z][\w.: ]*\}/g, token => /Subnet/.test(token) ? 'subnet-1' : /SecurityGroup/.test(token) ? 'sg-1' : 'known-later'));
}

/** Where a packaged chart is when it was pulled. */
export function chartFile({ chart, version }: Pick<Release, 'chart' | 'version'>): string {
  return join(cacheDir(), 'charts', `${chart}-${version}.tgz`);
}

/** The objects that helm makes of a release: definitions apart from the others. */
export async function rendered(release: Release, kubernetes: string): Promise<{ readonly definitions: any[]; readonly objects: any[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'values-'));
  const file = join(folder, 'values.json');
  writeFileSync(file, JSON.stringify(release.values));
  const { stdout } = await promisify(execFile)(await helmPath(), [
    'template', release.release, chartFile(release), '--namespace', release.namespace, '--kube-version', kubernetes, '--values', file, '--skip-tests',
    ...release.skipCrds ? [] : ['--include-crds'],
  ], { env: { ...process.env, HOME: folder }, maxBuffer: 1e8 });
  rmSync(folder, { recursive: true });
  const all = parseAllDocuments(stdout).map(document => document.toJS()).filter(object => object?.kind).flatMap(object => object.kind === 'List' ? object.items : [object]);
  const isDefinition = ({ kind }: any) => kind === 'CustomResourceDefinition';
  return { definitions: all.filter(isDefinition), objects: all.filter(object => !isDefinition(object)) };
}

/** Gets the pinned charts from their repositories: `npx tsx --tsconfig tsconfig.all.json test/cluster/addons-releases.ts`. */
async function pull(): Promise<void> {
  const folder = join(cacheDir(), 'charts');
  await mkdir(folder, { recursive: true });
  for (const { chart, repository, version } of everythingDelivered().releases) {
    if (existsSync(chartFile({ chart, version }))) { continue; }
    const from = repository.startsWith('oci://') ? [`${repository}/${chart}`] : [chart, '--repo', repository];
    await promisify(execFile)(await helmPath(), ['pull', ...from, '--version', version, '--destination', folder]);
    console.error(`pulled ${chart} ${version}`);
  }
}

if (require.main === module) {
  void pull();
}
