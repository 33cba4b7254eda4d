import { sleep } from './concurrency';
import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { describe, idOf, KubeObject, ObjectId } from './objects';

/** Whether an object is in use, from its own status. */
export interface Readiness {
  readonly ready: boolean;
  /** What is missing. */
  readonly detail?: string;
  /** It will not become ready by waiting. */
  readonly final?: boolean;
}

const READY: Readiness = { ready: true };

/** Names a condition of the object that must be true before it counts as ready. */
export const WAIT_FOR = 'eks-slipway/wait-for';

/** Whether there is a readiness to wait for: of a kind that has one by itself, or that its author names. */
export function isWaitedFor(object: KubeObject): boolean {
  const { group, kind } = idOf(object);
  return `${group}/${kind}` in ASSESS || object.metadata.annotations?.[WAIT_FOR] !== undefined;
}

export function assess(object: KubeObject): Readiness {
  if (!isWaitedFor(object)) {
    return READY;
  }
  const { group, kind } = idOf(object);
  const { generation } = object.metadata;
  const observed = object.status?.observedGeneration;
  if (kind !== 'Pod' && observed !== undefined && generation !== undefined && observed < generation) {
    return { ready: false, detail: 'its controller has not seen the change yet' };
  }
  const readiness = ASSESS[`${group}/${kind}`]?.(object.spec ?? {}, object.status ?? {}, object) ?? READY;
  const wanted = object.metadata.annotations?.[WAIT_FOR];
  return readiness.ready && wanted !== undefined ? assessCondition(object, wanted) : readiness;
}

function assessCondition({ metadata, status }: KubeObject, type: string): Readiness {
  const found = condition(status ?? {}, type);
  if (!found) {
    return { ready: false, detail: `it has no condition "${type}" yet` };
  }
  if (found.observedGeneration !== undefined && found.observedGeneration < (metadata.generation ?? 0)) {
    return { ready: false, detail: `its condition "${type}" is about an earlier state` };
  }
  return found.status === 'True' ? READY : { ready: false, detail: `condition "${type}" is ${found.status}${[found.reason, found.message].filter(Boolean).map(text => `: ${text}`).join('')}` };
}

function condition(status: any, type: string): any {
  return (status.conditions ?? []).find((c: any) => c.type === type);
}

function isTrue(status: any, type: string): boolean {
  return condition(status, type)?.status === 'True';
}

/** Whether a pod serves. */
export function isReady(pod: KubeObject): boolean {
  return isTrue(pod.status ?? {}, 'Ready');
}

function replicas(have: number | undefined, want: number, what: string): Readiness | undefined {
  return (have ?? 0) < want ? { ready: false, detail: `${have ?? 0} of ${want} ${what}` } : undefined;
}

const ASSESS: Record<string, (spec: any, status: any, object: KubeObject) => Readiness> = {
  'apps/Deployment': (spec, status) => {
    const want = spec.replicas ?? 1;
    const progressing = condition(status, 'Progressing');
    if (progressing?.reason === 'ProgressDeadlineExceeded') {
      return { ready: false, final: true, detail: progressing.message };
    }
    if (status.observedGeneration === undefined) {
      return { ready: false, detail: 'its controller has not seen it yet' };
    }
    const old = (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
    return replicas(status.updatedReplicas, want, 'replicas updated')
      ?? (old > 0 ? { ready: false, detail: `${old} old replicas are still there` } : undefined)
      ?? replicas(status.availableReplicas, want, 'replicas available')
      ?? READY;
  },
  'apps/StatefulSet': (spec, status) => {
    const want = spec.replicas ?? 1;
    if (status.observedGeneration === undefined) {
      return { ready: false, detail: 'its controller has not seen it yet' };
    }
    const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    const updating = spec.updateStrategy?.type !== 'OnDelete' && status.updateRevision !== status.currentRevision;
    return (updating ? replicas(status.updatedReplicas, want - partition, 'replicas updated') : undefined)
      ?? replicas(status.availableReplicas ?? status.readyReplicas, want, 'replicas ready')
      ?? READY;
  },
  'apps/DaemonSet': (spec, status) => {
    if (status.observedGeneration === undefined) {
      return { ready: false, detail: 'its controller has not seen it yet' };
    }
    const want = status.desiredNumberScheduled ?? 0;
    return (spec.updateStrategy?.type !== 'OnDelete' ? replicas(status.updatedNumberScheduled, want, 'pods updated') : undefined)
      ?? replicas(status.numberAvailable, want, 'pods available')
      ?? READY;
  },
  'apps/ReplicaSet': (spec, status) => replicas(status.availableReplicas, spec.replicas ?? 1, 'replicas available') ?? READY,
  '/Pod': (_spec, status) => {
    if (status.phase === 'Succeeded' || isTrue(status, 'Ready')) {
      return READY;
    }
    return { ready: false, final: status.phase === 'Failed', detail: whyPodIsNotReady(status) ?? `phase ${status.phase ?? 'unknown'}` };
  },
  'batch/Job': (spec, status) => {
    const failed = condition(status, 'Failed');
    if (failed?.status === 'True') {
      return { ready: false, final: true, detail: `${failed.reason}: ${failed.message}` };
    }
    return isTrue(status, 'Complete') || spec.suspend === true ? READY : { ready: false, detail: `not complete, ${status.active ?? 0} pods active, ${status.failed ?? 0} failed` };
  },
  'apiextensions.k8s.io/CustomResourceDefinition': (_spec, status) => {
    const names = condition(status, 'NamesAccepted');
    if (names?.status === 'False') {
      return { ready: false, final: true, detail: `its names are not accepted: ${names.message}` };
    }
    return isTrue(status, 'Established') ? READY : { ready: false, detail: 'not established' };
  },
  'apiregistration.k8s.io/APIService': (_spec, status) =>
    isTrue(status, 'Available') ? READY : { ready: false, detail: condition(status, 'Available')?.message ?? 'not available' },
};

/** What kubelet or scheduler say about a pod that does not come up. */
export function whyPodIsNotReady(status: any): string | undefined {
  const scheduled = condition(status, 'PodScheduled');
  if (scheduled?.status === 'False') {
    return `not scheduled: ${scheduled.message ?? scheduled.reason}`;
  }
  for (const container of [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? []]) {
    const { waiting, terminated } = container.state ?? {};
    const last = container.lastState?.terminated;
    if (waiting && waiting.reason !== 'PodInitializing' && waiting.reason !== 'ContainerCreating') {
      const before = last ? `, last exit code ${last.exitCode}${last.reason ? ` (${last.reason})` : ''}` : '';
      return `container ${container.name} is waiting: ${[waiting.reason, waiting.message].filter(Boolean).join(': ')}${before}`;
    }
    if (terminated && terminated.exitCode !== 0) {
      return `container ${container.name} ended with exit code ${terminated.exitCode}${terminated.reason ? ` (${terminated.reason})` : ''}`;
    }
  }
  const unready = (status.containerStatuses ?? []).find((c: any) => !c.ready);
  return unready ? `container ${unready.name} is ${unready.state?.waiting ? unready.state.waiting.reason : 'running but not ready'}` : undefined;
}

export interface WaitTarget {
  readonly resource: ApiResource;
  readonly id: ObjectId;
}

/** Waits until all are ready; throws at once for what never will be, and at the deadline with what is missing and why. */
export async function waitUntilReady(client: KubeClient, targets: readonly WaitTarget[], deadline: number): Promise<void> {
  let open = [...targets];
  for (let delay = 100; open.length > 0; delay = Math.min(3000, delay * 1.5)) {
    const next: typeof open = [];
    const missing: string[] = [];
    for (const target of open) {
      const object = await client.get(target.resource, target.id.namespace, target.id.name);
      const readiness = object ? assess(object) : { ready: false, detail: 'it is gone' };
      if (readiness.ready) {
        continue;
      }
      const text = `${describe(target.id)} is not ready: ${readiness.detail}`;
      if (readiness.final) {
        throw new Error(`${text}${await podTexts(client, object!)}`);
      }
      next.push(target);
      missing.push(Date.now() + delay > deadline && object ? `${text}${await podTexts(client, object)}` : text);
    }
    open = next;
    if (open.length > 0 && Date.now() + delay > deadline) {
      throw new Error(missing.join('; '));
    }
    if (open.length > 0) {
      await sleep(delay);
    }
  }
}

/** Why an object is not ready, in one text; undefined if it is. */
export async function whyNotReady(client: KubeClient, object: KubeObject): Promise<string | undefined> {
  const { ready, detail } = assess(object);
  return ready ? undefined : `${describe(idOf(object))} is not ready: ${detail}${await podTexts(client, object)}`;
}

/** What keeps the pods of a workload from being ready, as a text to append. */
async function podTexts(client: KubeClient, object: KubeObject): Promise<string> {
  const labels: Record<string, string> | undefined = object.spec?.selector?.matchLabels;
  if (!labels || object.kind === 'CustomResourceDefinition') {
    return '';
  }
  const pods = new ApiResource('', 'v1', 'Pod', 'pods', true);
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
  const texts: string[] = [];
  for (const pod of await client.list(pods, object.metadata.namespace ?? '', { selector, limit: 50 })) {
    const why = isTrue(pod.status ?? {}, 'Ready') || pod.status?.phase === 'Succeeded' ? undefined : whyPodIsNotReady(pod.status ?? {});
    if (why) {
      texts.push(`pod ${pod.metadata.name}: ${why}`);
    }
  }
  if (texts.length === 0) {
    const failure = condition(object.status ?? {}, 'ReplicaFailure') ?? await lastWarning(client, object);
    return failure?.message ? ` (${failure.message})` : '';
  }
  return ` (${texts.slice(0, 3).join('; ')}${texts.length > 3 ? `; and ${texts.length - 3} more pods` : ''})`;
}

/** A workload whose pods the server refuses has no pods: only an event says why. */
async function lastWarning(client: KubeClient, object: KubeObject): Promise<{ message?: string } | undefined> {
  const events = new ApiResource('', 'v1', 'Event', 'events', true);
  const all = await client.list(events, object.metadata.namespace ?? '', { limit: 500 });
  return all.filter(e => e.type === 'Warning' && e.involvedObject?.uid === object.metadata.uid).pop() as { message?: string } | undefined;
}
