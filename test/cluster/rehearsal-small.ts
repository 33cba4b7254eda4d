import { rmSync } from 'node:fs';
import { platform } from './rehearsal-apps';
import { Assembly } from '../../rig/engine/assembly';
import { Stack } from '../../rig/engine/stack';
import { Template } from '../../rig/engine/template';
import { Cluster } from '../../rig/model/cluster';
import { differencesFrom, settledState, State, takeState } from '../../rig/oracle/state';
import { unprotected } from '../../rig/rehearsal/variants';
import { Rig } from '../../rig/rig';

/** The name of the stack. */
export const SMALL = 'Small';

/** A ConfigMap and a Deployment. */
export const SHOP: any[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'default' }, data: { greeting: 'hello' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    },
  },
];

export function configMap(name: string, more: object = {}): any {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, ...more };
}

/** A platform with one node group, in a rig, for the tests of one file. Whatever a test did, all is as it was before it when the platform alone is deployed. */
export class SmallPlatform {
  readonly folders: string[] = [];
  rig!: Rig;
  /** What there is besides what a test delivers. */
  base!: State;
  empty!: State;

  get cluster(): Cluster {
    return [...this.rig.model.clusters.values()][0];
  }

  /** An app with the platform and what `build` adds. */
  load(build?: Parameters<typeof platform>[0]): Assembly {
    this.folders.push(platform(build));
    return this.rig.load(this.folders.at(-1)!);
  }

  async deploy(build?: Parameters<typeof platform>[0], change: (template: Template) => Template = template => template): Promise<Stack> {
    const { template } = this.load(build).stacks.find(({ name }) => name === SMALL)!;
    return this.rig.engine.deploy(SMALL, change(unprotected(template)));
  }

  async get(path: string): Promise<any> {
    const { status, body } = await this.cluster.request('GET', path);
    return status === 200 ? body : undefined;
  }

  differences(from = this.base, counts?: (line: string) => boolean): Promise<string[]> {
    return differencesFrom(from, this.rig.model, undefined, counts);
  }
}

export function withSmallPlatform(): SmallPlatform {
  const small = new SmallPlatform();

  beforeAll(async () => {
    small.rig = await Rig.start({ hour: 20 });
    small.empty = await takeState(small.rig.model);
    expect(await small.deploy()).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    small.base = await settledState(small.rig.model);
  }, 300_000);

  afterEach(async () => {
    small.rig.engine.faults = {};
    small.rig.lambda.faults = {};
    small.rig.mailbox.fate = undefined;
    small.cluster.proxy.obstacle = undefined;
    expect(await small.deploy()).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await small.differences()).toEqual([]);
  }, 300_000);

  afterAll(async () => {
    const stack = await small.rig.engine.delete(SMALL);
    const left = await differencesFrom(small.empty, small.rig.model, 5000);
    const { residues } = small.rig;
    await small.rig.stop();
    small.folders.forEach(folder => rmSync(folder, { recursive: true }));
    expect({ status: stack.status, failures: stack.failures, left, residues }).toEqual({ status: 'DELETE_COMPLETE', failures: [], left: [], residues: [] });
  }, 300_000);

  return small;
}
