import { each, sleep } from './concurrency';
import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { KubeObject } from './objects';
import { log } from './request';
import { isReady, whyNotReady } from './wait';

/** What EKS puts into the containers of a pod at admission, if the association of its service account has arrived there by then. */
const CREDENTIALS = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
/** Milliseconds from the start of a request: an association that was made before it has arrived by then. */
const ARRIVAL = 10_000;
const PODS = new ApiResource('', 'v1', 'Pod', 'pods', true);
/** What makes another pod in the place of one that goes. A Job does not: it counts a failure. */
const WORKLOADS = [
  new ApiResource('apps', 'v1', 'ReplicaSet', 'replicasets', true),
  new ApiResource('apps', 'v1', 'StatefulSet', 'statefulsets', true),
  new ApiResource('apps', 'v1', 'DaemonSet', 'daemonsets', true),
];

/**
 * Replaces pods that started before their Pod Identity association had arrived: they would never get credentials. Each is replaced once;
 * what takes its place is not replaced again.
 */
export class Identities {
  private readonly arrival: number;
  /** Pods to replace, by uid, unless they have credentials. */
  private readonly candidates = new Set<string>();
  /** A pod of each workload of which pods were replaced, by the workload's uid. */
  private readonly disturbed = new Map<string, KubeObject>();

  /** `serviceAccounts`: those with an association, as `namespace/name`. */
  constructor(private readonly client: KubeClient, private readonly serviceAccounts: readonly string[]) {
    this.arrival = Date.now() + Math.min(ARRIVAL, client.patience);
  }

  /**
   * Does `work`, and looks after the pods meanwhile, because a controller without credentials may never become ready; then, if `wait` is set,
   * waits until what took the places of others is ready. Returns what there is to say about pods that still have no credentials.
   */
  async during(work: () => Promise<void>, wait: boolean, deadline: number): Promise<string[]> {
    if (this.serviceAccounts.length === 0) {
      await work();
      return [];
    }
    let over = false;
    const watching = this.watch(() => over);
    try {
      await work();
    } finally {
      over = true;
      await watching;
    }
    if ((await this.bare()).some(pod => this.candidates.has(pod.metadata.uid!))) {
      await sleep(Math.min(this.arrival, deadline) - Date.now());
      await this.replaceAll(deadline);
    }
    for (const pod of wait ? this.disturbed.values() : []) {
      await this.untilWhole(pod, deadline);
    }
    const names = (await this.bare()).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    return names.length === 0 ? [] : [
      `pods without the credentials of their service account: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`,
    ];
  }

  /** A failure to look does not end a delivery. */
  private async watch(isOver: () => boolean): Promise<void> {
    for (let round = 1; !isOver(); round++) {
      // A fifth of a second at a time, so that the end is not slept through.
      if (round % 10 === 0 && Date.now() > this.arrival) {
        await this.replaceAll(this.client.deadline).catch(error => log(`pods cannot be looked at: ${(error as Error).message}`));
      }
      await sleep(200);
    }
  }

  private async replaceAll(deadline: number): Promise<void> {
    const pods = (await this.bare()).filter(pod => this.candidates.has(pod.metadata.uid!) && workloadOf(pod));
    // One that is not ready serves nobody: no disruption budget is asked.
    await each(pods.filter(pod => !isReady(pod)), async pod => this.replace(pod, false));
    for (const pod of pods.filter(isReady)) {
      await this.replace(pod, true);
      await this.untilWhole(pod, Math.min(deadline, Date.now() + this.client.patience)).catch(error => log((error as Error).message));
    }
  }

  private async replace(pod: KubeObject, serving: boolean): Promise<void> {
    const { name, namespace = '', uid } = pod.metadata;
    this.candidates.delete(uid!);
    try {
      await (serving ? this.client.evict(namespace, name, uid!) : this.client.delete(PODS, namespace, name, { uid }, 'Background'));
    } catch (error) {
      log(`Pod ${namespace}/${name} has started without credentials and cannot be replaced: ${(error as Error).message}`);
      return;
    }
    this.disturbed.set(workloadOf(pod)!.uid, pod);
    log(`replaced Pod ${namespace}/${name}: it had started without credentials`);
  }

  /** Until the workload of a pod has all its pods again, ready. */
  private async untilWhole(pod: KubeObject, deadline: number): Promise<void> {
    const { resource, name, uid } = workloadOf(pod)!;
    const namespace = pod.metadata.namespace ?? '';
    for (let delay = 100; ; delay = Math.min(2000, delay * 1.5)) {
      const workload = await this.client.get(resource, namespace, name);
      const wanted = workload?.status?.desiredNumberScheduled ?? workload?.spec?.replicas ?? 0;
      const ready = (await this.pods(`${namespace}/${pod.spec.serviceAccountName}`)).filter(other => workloadOf(other)?.uid === uid && isReady(other));
      if (!workload || workload.metadata.uid !== uid || ready.length >= wanted) {
        return;
      }
      if (Date.now() + delay > deadline) {
        throw new Error(await whyNotReady(this.client, workload) ?? `${workload.kind} ${namespace}/${name} is not ready after pods without credentials were replaced`);
      }
      await sleep(delay);
    }
  }

  /** Pods that should have credentials and have none. */
  private async bare(): Promise<KubeObject[]> {
    const pods = (await Promise.all(this.serviceAccounts.map(async account => this.pods(account)))).flat().filter(pod => lacksCredentials(pod));
    for (const pod of pods) {
      // Of a workload whose pods were replaced before, it took the place of another.
      if (!this.disturbed.has(workloadOf(pod)?.uid ?? '')) {
        this.candidates.add(pod.metadata.uid!);
      }
    }
    return pods;
  }

  private async pods(serviceAccount: string): Promise<KubeObject[]> {
    const [namespace, name] = serviceAccount.split('/');
    return (await this.client.list(PODS, namespace, { fields: `spec.serviceAccountName=${name}` })).filter(pod => !pod.metadata.deletionTimestamp);
  }
}

function lacksCredentials({ metadata, spec, status }: KubeObject): boolean {
  const containers: any[] = [...spec.initContainers ?? [], ...spec.containers];
  return !['Succeeded', 'Failed'].includes(status?.phase)
    // Pod Identity does not exist on Fargate and on Windows.
    && !metadata.labels?.['eks.amazonaws.com/fargate-profile'] && (spec.os?.name ?? spec.nodeSelector?.['kubernetes.io/os']) !== 'windows'
    && !containers.some(container => container.env?.some((variable: any) => variable.name === CREDENTIALS));
}

function workloadOf(pod: KubeObject): { readonly resource: ApiResource; readonly name: string; readonly uid: string } | undefined {
  const owner = pod.metadata.ownerReferences?.find((reference: any) => reference.controller);
  const resource = WORKLOADS.find(({ apiVersion, kind }) => apiVersion === owner?.apiVersion && kind === owner?.kind);
  return resource && { resource, name: owner.name, uid: owner.uid };
}
