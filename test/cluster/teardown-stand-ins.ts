import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryRig } from './delivery-rig';

/** A definition of a kind as its project names it, without its schema. */
export function definition(group: string, version: string, kind: string, plural: string, scope = 'Namespaced'): any {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{
        name: version, served: true, storage: true,
        schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      }],
    },
  };
}

/** Controllers that take their finalizers off what is deleted, as those do whose names they bear. */
export class StandIns {
  /** Kinds of load balancers whose controller runs. */
  balances = true;
  /** Whether Karpenter runs. */
  endsNodes = true;
  /** Whether the CSI driver runs. */
  removesVolumes = true;
  /** What somebody brings back whenever it is missing: path of its collection and the object. */
  readonly broughtBack: { path: string; object: any; while?: () => Promise<boolean> }[] = [];
  private running = true;
  private readonly work: Promise<void>;

  constructor(private readonly rig: DeliveryRig) {
    this.work = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.work;
  }

  private async run(): Promise<void> {
    while (this.running) {
      if (this.balances) {
        for (const path of ['/apis/networking.k8s.io/v1/ingresses', '/apis/gateway.networking.k8s.io/v1/gateways', '/api/v1/services']) {
          await this.finalize(path);
        }
      }
      if (this.endsNodes) {
        await this.endNodes();
      }
      if (this.removesVolumes) {
        await this.finalize('/api/v1/persistentvolumes', ({ spec, status }) =>
          spec.persistentVolumeReclaimPolicy === 'Delete' && ['Released', 'Failed'].includes(status.phase));
      }
      for (const { path, object, while: condition } of this.broughtBack) {
        if (!condition || await condition()) {
          await this.rig.plane.request('POST', path, object);
        }
      }
      await sleep(200);
    }
  }

  /** A node claim goes when its node runs no pod any more: pods are evicted, never deleted. */
  private async endNodes(): Promise<void> {
    const { items: claims = [] } = await this.rig.get('/apis/karpenter.sh/v1/nodeclaims') ?? {};
    for (const claim of claims.filter((c: any) => c.metadata.deletionTimestamp)) {
      const { items } = await this.rig.get(`/api/v1/pods?fieldSelector=spec.nodeName=${claim.status.nodeName}`);
      const pods = items.filter(({ metadata }: any) => metadata.ownerReferences?.[0].kind !== 'DaemonSet');
      if (pods.length === 0) {
        await this.rig.plane.request('DELETE', `/api/v1/nodes/${claim.status.nodeName}`);
        await this.release(`/apis/karpenter.sh/v1/nodeclaims/${claim.metadata.name}`);
      }
      await this.rig.plane.request('PATCH', `/api/v1/nodes/${claim.status.nodeName}`, { spec: { unschedulable: true } });
      for (const { metadata: { name, namespace } } of pods) {
        await this.rig.plane.request('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
          apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace },
        });
      }
    }
  }

  /** With a volume that nothing claims any more, its driver deletes the object itself. */
  private async finalize(path: string, isDone: (object: any) => boolean = ({ metadata }) => metadata.deletionTimestamp): Promise<void> {
    const { items = [] } = await this.rig.get(path) ?? {};
    for (const object of items.filter(isDone)) {
      const { name, namespace } = object.metadata;
      const own = namespace ? path.replace(/\/([^/]+)$/, `/namespaces/${namespace}/$1/${name}`) : `${path}/${name}`;
      if (!object.metadata.deletionTimestamp) {
        await this.rig.plane.request('DELETE', own);
      }
      await this.release(own);
    }
  }

  private async release(path: string): Promise<void> {
    await this.rig.plane.request('PATCH', path, { metadata: { finalizers: null } });
  }
}
