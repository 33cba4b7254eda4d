import { execFile } from 'child_process';
import { readdirSync } from 'fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { ARGO_CD, CERT_MANAGER, Definitions, EXTERNAL_SECRETS, FLUX, KARPENTER, LOAD_BALANCER_CONTROLLER } from './definitions';

/** What is in a chart besides one Deployment with its service account. Charts that are not named here have just that. */
const CHARTS: { [name: string]: { readonly crds?: Definitions; readonly onlyCrds?: boolean } } = {
  'argo-cd': { crds: ARGO_CD },
  'aws-load-balancer-controller': { crds: LOAD_BALANCER_CONTROLLER },
  'cert-manager': { crds: CERT_MANAGER },
  'external-secrets': { crds: EXTERNAL_SECRETS },
  'flux2': { crds: FLUX },
  'karpenter': { crds: KARPENTER },
  'karpenter-crd': { crds: KARPENTER, onlyCrds: true },
};

const TEMPLATE = join(__dirname, 'stand-in-chart.yaml');

/** Stand-ins for the charts of repositories that cannot be reached: a Deployment with the right name, and the right definitions. */
export class Charts {
  private readonly made = new Map<string, Promise<Buffer>>();

  constructor(private readonly helm: string) {}

  /** The packaged chart. */
  package(name: string, version: string): Promise<Buffer> {
    const key = `${name} ${version}`;
    if (!this.made.has(key)) { this.made.set(key, this.make(name, version)); }
    return this.made.get(key)!;
  }

  /** The index of a repository that has one chart in one version. */
  index(name: string, version: string, url: string): string {
    return JSON.stringify({
      apiVersion: 'v1', entries: { [name]: [{ apiVersion: 'v2', name, version, urls: [`${url}/${name}.tgz`] }] }, generated: '2026-01-01T00:00:00Z',
    });
  }

  private async make(name: string, version: string): Promise<Buffer> {
    const { crds, onlyCrds } = CHARTS[name] ?? {};
    const folder = await mkdtemp(join(tmpdir(), 'chart-'));
    try {
      const chart = join(folder, name);
      await mkdir(join(chart, 'templates'), { recursive: true });
      await writeFile(join(chart, 'Chart.yaml'), JSON.stringify({ apiVersion: 'v2', name, version, description: 'Stands for the chart of this name' }));
      if (!onlyCrds) { await copyFile(TEMPLATE, join(chart, 'templates', 'controller.yaml')); }
      if (crds) {
        const target = join(chart, onlyCrds ? 'templates' : 'crds');
        await mkdir(target, { recursive: true });
        for (const [file, text] of crds.files()) { await writeFile(join(target, file), onlyCrds ? escaped(text) : text); }
      }
      await promisify(execFile)(this.helm, ['package', chart, '--destination', folder], { env: { ...process.env, HOME: folder } });
      return await readFile(join(folder, readdirSync(folder).find(file => file.endsWith('.tgz'))!));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A definition may describe a template of its own. */
function escaped(text: string): string {
  return text.replace(/\{\{/g, '{{ "{{" }}');
}
