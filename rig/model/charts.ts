import { execFile } from 'child_process';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { promisify } from 'util';

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced?: boolean;
}

/** Custom resource definitions of a chart: a folder of published ones, and the kinds that it must have. */
interface Definitions {
  readonly folder: string;
  readonly kinds: Kind[];
}

const KARPENTER: Definitions = {
  folder: 'karpenter-v1.14.1',
  kinds: [
    { group: 'karpenter.sh', version: 'v1', kind: 'NodePool', plural: 'nodepools' },
    { group: 'karpenter.sh', version: 'v1', kind: 'NodeClaim', plural: 'nodeclaims' },
    { group: 'karpenter.k8s.aws', version: 'v1', kind: 'EC2NodeClass', plural: 'ec2nodeclasses' },
  ],
};
const LOAD_BALANCER_CONTROLLER: Definitions = {
  folder: 'aws-load-balancer-controller-v3.5.0',
  kinds: [
    { group: 'elbv2.k8s.aws', version: 'v1beta1', kind: 'TargetGroupBinding', plural: 'targetgroupbindings', namespaced: true },
    { group: 'elbv2.k8s.aws', version: 'v1beta1', kind: 'IngressClassParams', plural: 'ingressclassparams' },
  ],
};

/** What is in a chart besides one Deployment with its service account. Charts that are not named here have just that. */
const CHARTS: { [name: string]: { readonly crds?: Definitions; readonly onlyCrds?: boolean } } = {
  'aws-load-balancer-controller': { crds: LOAD_BALANCER_CONTROLLER },
  'karpenter': { crds: KARPENTER },
  'karpenter-crd': { crds: KARPENTER, onlyCrds: true },
};

const REFERENCE = resolve(__dirname, '../../../shared/reference/crds');
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
        for (const [file, text] of definitions(crds)) { await writeFile(join(target, file), onlyCrds ? escaped(text) : text); }
      }
      await promisify(execFile)(this.helm, ['package', chart, '--destination', folder], { env: { ...process.env, HOME: folder } });
      return await readFile(join(folder, readdirSync(folder).find(file => file.endsWith('.tgz'))!));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** The published definitions where they are at hand, else some that take anything. */
function definitions({ folder, kinds }: Definitions): [file: string, text: string][] {
  const published = join(REFERENCE, folder);
  if (existsSync(published)) {
    return readdirSync(published).map(file => [file, readFileSync(join(published, file), 'utf8')]);
  }
  return kinds.map(({ group, version, kind, plural, namespaced }) => [`${plural}.yaml`, JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{
        name: version, served: true, storage: true, subresources: { status: {} }, schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      }],
    },
  })]);
}

/** A definition may describe a template of its own. */
function escaped(text: string): string {
  return text.replace(/\{\{/g, '{{ "{{" }}');
}
