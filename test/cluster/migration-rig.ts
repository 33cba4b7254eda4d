import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CdkHandler } from './cdk-handler';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { helmPath } from '../../rig/control-plane/helm';
import { AssemblyStack } from '../../rig/engine/assembly';
import { CustomResourceEvent } from '../../rig/engine/custom-resources';
import { Stack } from '../../rig/engine/stack';
import { Charts } from '../../rig/model/charts';
import { Cluster } from '../../rig/model/cluster';
import { Endpoints } from '../../rig/model/endpoints';
import { Rig } from '../../rig/rig';

const ROOT = resolve(__dirname, '../..');
export type Stage = 'stock' | 'adopt' | 'app';

/** The rig with a function more: CDK's kubectl handler, which is Python, behind its framework. */
export class MigrationRig {
  static async start(): Promise<MigrationRig> {
    const rig = new MigrationRig(await Rig.start(), new Charts(await helmPath()));
    rig.repository = await Endpoints.start({
      charts: async path => {
        const [name, version, file] = path.split('/');
        return { body: file === 'index.yaml' ? rig.charts.index(name, version, rig.repository.url(`charts/${name}/${version}`)) : await rig.charts.package(name, version) };
      },
    });
    return rig;
  }

  /** Events that CDK's handler got, as `Create LogicalId`. */
  readonly cdkEvents: string[] = [];
  private readonly folders: string[] = [];
  private repository!: Endpoints;
  private readonly handlers = new Map<Cluster, CdkHandler>();

  private constructor(readonly rig: Rig, private readonly charts: Charts) {
    const invoke = rig.lambda.invoke.bind(rig.lambda);
    rig.lambda.invoke = (token, event) => {
      if (/^Custom::AWSCDK/.test(event.ResourceType)) {
        void this.answer(event);
      } else {
        invoke(token, event);
      }
    };
  }

  get cluster(): Cluster {
    return [...this.rig.model.clusters.values()][0];
  }

  /** The stack of one of the example's apps. */
  async synthesize(stage: Stage): Promise<AssemblyStack> {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-out-'));
    this.folders.push(folder);
    await promisify(execFile)(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', 'tsconfig.all.json', `examples/typescript/migration/${stage}.ts`], {
      cwd: ROOT, env: { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' },
    });
    return this.rig.load(folder).stacks[0];
  }

  async deploy({ template }: Pick<AssemblyStack, 'template'>, stack = 'Shop'): Promise<Stack> {
    return this.rig.engine.deploy(stack, template);
  }

  async delete(): Promise<Stack> {
    return this.rig.engine.delete('Shop');
  }

  /** What is in the shop's namespace, by kind and name, with its uid. Pods count too: a restart would give other ones. */
  async uids(): Promise<{ [object: string]: string }> {
    const namespace = 'shop';
    const kinds = [
      ['/api/v1', 'pods'], ['/api/v1', 'services'], ['/api/v1', 'serviceaccounts'], ['/api/v1', 'configmaps'],
      ['/apis/apps/v1', 'deployments'], ['/apis/apps/v1', 'replicasets'], ['/apis/rbac.authorization.k8s.io/v1', 'roles'],
    ];
    const lists = await Promise.all(kinds.map(async ([root, plural]) =>
      (await this.get(`${root}/namespaces/${namespace}/${plural}`)).items.map(({ metadata }: any) => [`${plural}/${metadata.name}`, metadata.uid])));
    const { metadata: { uid } } = await this.get(`/api/v1/namespaces/${namespace}`);
    return Object.fromEntries([[`namespaces/${namespace}`, uid], ...lists.flat()].sort(([a], [b]) => a < b ? -1 : 1));
  }

  /** Revisions of Helm releases in that namespace. */
  async releases(): Promise<string[]> {
    const { items } = await this.get('/api/v1/namespaces/shop/secrets?labelSelector=owner%3Dhelm');
    return items.map(({ metadata: { labels: { name, version, status } } }: any) => `${name} ${version} ${status}`).sort();
  }

  /** Roles of service accounts, and associations, by their logical ids. */
  identities(): { [logicalId: string]: string } {
    return Object.fromEntries(['AWS::IAM::Role', 'AWS::EKS::PodIdentityAssociation'].flatMap(type => this.rig.model.world.ofType(type))
      .filter(({ owner }) => /Cluster(Orders|Reports)/.test(owner))
      .map(({ owner, id }) => [owner, id]));
  }

  /** What the functions in the account are for. */
  functions(): string[] {
    return this.rig.model.world.ofType('AWS::Lambda::Function').map(({ properties }) => properties.Description);
  }

  /** Undefined if there is nothing. */
  async get(path: string): Promise<any> {
    const { status, body } = await this.cluster.request('GET', path);
    return status === 404 ? undefined : body;
  }

  async stop(): Promise<void> {
    await Promise.all([this.rig.stop(), this.repository.stop()]);
    this.handlers.forEach(handler => handler.close());
    this.folders.forEach(folder => rmSync(folder, { recursive: true, force: true }));
  }

  /** As CDK's provider framework: it hands the event on, and gives the resource its name. */
  private async answer(event: CustomResourceEvent): Promise<void> {
    const { Status, Reason, Data } = event.ResourceType === 'Custom::AWSCDKCfnJson' ? jsonOf(event) : await this.hand(event);
    await fetch(event.ResponseURL, {
      method: 'PUT',
      body: JSON.stringify({
        Status: Status === 'SUCCESS' ? Status : 'FAILED',
        Reason: Reason ?? '',
        Data,
        PhysicalResourceId: event.PhysicalResourceId ?? event.RequestId,
        StackId: event.StackId,
        RequestId: event.RequestId,
        LogicalResourceId: event.LogicalResourceId,
      }),
    });
  }

  private async hand(event: CustomResourceEvent): Promise<{ Status: string; Reason?: string; Data?: object }> {
    this.cdkEvents.push(`${event.RequestType} ${event.LogicalResourceId}`);
    const handler = this.handlers.get(this.cluster) ?? await CdkHandler.create(this.cluster.plane.kubeconfigPath);
    this.handlers.set(this.cluster, handler);
    const { Chart, Version, Repository, ...properties } = event.ResourceProperties;
    const reachable = Chart ? { Chart, Version, Repository: this.repository.url(`charts/${Chart}/${Version}`) } : {};
    return handler.send({ ...event, ResourceProperties: { ...properties, ...reachable } } as CloudFormationEvent);
  }
}

/** CDK's own function for this insists on https. */
function jsonOf({ ResourceProperties: { Value } }: CustomResourceEvent): { Status: string; Reason?: string; Data?: object } {
  return { Status: 'SUCCESS', Data: { Value: JSON.parse(String(Value)) } };
}
