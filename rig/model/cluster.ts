import { createHash } from 'crypto';
import { setTimeout as sleep } from 'timers/promises';
import { ApiProxy } from './api-proxy';
import { credentialsOf } from './identity';
import { KubeObjects } from './kube-objects';
import { PodIdentity } from './pod-identity';
import { Certificates } from '../control-plane/certificates';
import { ControlPlane, ApiResponse } from '../control-plane/control-plane';
import { differencesBetween, Snapshot, takeSnapshot } from '../oracle/snapshot';

/** One cluster: a real control plane behind an endpoint of its own. */
export class Cluster {
  static async open(name: string, plane: ControlPlane, certificates: Certificates, podIdentity: PodIdentity): Promise<Cluster> {
    await new KubeObjects(plane).apply(podIdentity.configurationOf(name));
    return new Cluster(name, plane, await ApiProxy.start(plane, certificates), await takeSnapshot(plane));
  }

  readonly objects: KubeObjects;
  /** Who was let in, by role: at once where the cluster is had back. */
  private readonly admitted = new Map<string, string[]>();
  private closed = false;
  /** Somebody may want it back. */
  private isSaved = false;

  private constructor(readonly name: string, readonly plane: ControlPlane, readonly proxy: ApiProxy, private readonly baseline: Snapshot) {
    this.objects = new KubeObjects(plane);
    this.proxy.obstacle = undefined;
  }

  /** Keeps it as it is, and returns how to have it back, with the same endpoint; close it before, or what became of it. */
  async save(): Promise<() => Promise<Cluster>> {
    this.isSaved = true;
    const restore = await this.plane.save();
    const admitted = [...this.admitted];
    return async () => {
      await restore();
      const cluster = new Cluster(this.name, this.plane, this.proxy, this.baseline);
      cluster.isSaved = true;
      admitted.forEach(([roleArn, groups]) => cluster.admit(roleArn, groups, 0));
      return cluster;
    };
  }

  /** Lets the role's credentials in: not at once, as on EKS. */
  admit(roleArn: string, groups: string[], milliseconds: number): void {
    const { accessKeyId, secretAccessKey } = credentialsOf(roleArn);
    this.admitted.set(roleArn, groups);
    const role = roleArn.split('/').at(-1);
    const username = `${roleArn.replace(':iam:', ':sts:').replace(/:role\/.*/, '')}:assumed-role/${role}/rig`;
    void sleep(milliseconds).then(() => {
      if (!this.closed) { this.plane.authenticate(accessKeyId, { username, groups }, { secretAccessKey, clusterName: this.name }); }
    });
  }

  expel(roleArn: string): void {
    this.admitted.delete(roleArn);
    this.plane.revoke(credentialsOf(roleArn).accessKeyId);
  }

  async addNode(name: string, labels: { [name: string]: string }): Promise<void> {
    await this.plane.addNode(name, labels);
  }

  /** The machine is gone: its node, and the pods on it. */
  async removeNode(name: string): Promise<void> {
    await this.objects.forget('Node', '', name);
    for (const pod of await this.objects.list('Pod')) {
      if (pod.spec.nodeName === name) { await this.objects.forget('Pod', pod.metadata.namespace, pod.metadata.name); }
    }
  }

  /**
   * What is in it and was not when it was made; Kubernetes needs a moment to clean up after itself.
   * Definitions of kinds are taken away then, so that the control plane may serve another cluster.
   */
  async residue(): Promise<string[]> {
    const look = async () => differencesBetween(this.baseline, await takeSnapshot(this.plane));
    const definitions = (lines: string[]) => lines.flatMap(line => /^left over: \S+ CustomResourceDefinition +(\S+)$/.exec(line)?.[1] ?? []);
    let found = await look();
    for (let i = 0; i < 120 && found.length > definitions(found).length; i++) {
      await sleep(500);
      found = await look();
    }
    await Promise.all(definitions(found).map(name => this.request('DELETE', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`)));
    for (let i = 0; i < 20 && definitions(await look()).length > 0; i++) { await sleep(250); }
    return found;
  }

  /** Whether nothing is in it but what was there when it was made. */
  async isAsFound(): Promise<boolean> {
    return differencesBetween(this.baseline, await takeSnapshot(this.plane)).length === 0;
  }

  request(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    return this.plane.request(method, path, body);
  }

  async close(): Promise<void> {
    this.closed = true;
    [...this.admitted.keys()].forEach(roleArn => this.expel(roleArn));
    this.proxy.obstacle = () => ({ kind: 'reset' });
    if (!this.isSaved) { await this.proxy.stop(); }
  }
}

/** A name for a machine: the same in every run. */
export function nodeName(owner: string, index: number): string {
  const digest = createHash('sha256').update(`${owner} ${index}`).digest();
  return `ip-10-0-${digest[0]}-${digest[1]}.internal`;
}
