import { CLAIM, claimOf, isClaimedBy, ON_DELETE, RETAINED } from './claim';
import { each, sleep } from './concurrency';
import { ApiResource } from './discovery';
import { Entry, Heirs, otherOwnerIn } from './inventory';
import { KubeClient } from './kube-client';
import { KubeError } from './kube-error';
import { giveBack, passOn } from './move';
import { describe, idOf, keyOf, KubeObject } from './objects';
import { inStages } from './order';
import { describeOwner, Owner } from './owner';
import { Previous } from './previous';
import { log, logged } from './request';
import { survey } from './survey';

export interface RemovalOptions {
  /** Everything stays, without our claim. */
  readonly retain: boolean;
  /** A create is taken back: what it made goes, whatever it is. */
  readonly undo: boolean;
  /** By key: what an adopted object was before. */
  readonly originals?: Map<string, KubeObject>;
  /** Objects that now bear other names of the same thing (another API group) and must not be hit. */
  readonly keepUids?: Set<string>;
}

/** Kinds that own nothing: they are gone at once, no garbage collector has to come by. */
const LEAVES = new Set([
  'ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'NetworkPolicy', 'PodDisruptionBudget',
  'HorizontalPodAutoscaler', 'LimitRange', 'ResourceQuota', 'PriorityClass', 'StorageClass', 'IngressClass', 'RuntimeClass',
  'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration',
]);
/** Kubernetes refuses to delete the first three, and nobody wants the last. */
const SYSTEM_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
const CRD = new ApiResource('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', false);
const PVC = new ApiResource('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', true);

/**
 * Removes what the entries name, last stage first, and waits until each is really gone. Only what still carries our claim and is the very
 * object that was recorded is touched. What another custom resource of the stack wants is not removed but handed to it. Returns what was kept,
 * and why.
 */
export async function remove(client: KubeClient, owner: Owner, entries: readonly Entry[], options: RemovalOptions): Promise<string[]> {
  const kept: string[] = [];
  if (entries.length === 0) {
    return kept;
  }
  const heirs = await Heirs.of(client, owner);
  const previous = new Map<string, Promise<Previous>>();
  const handed: { entry: Entry; heir: Owner }[] = [];
  for (const stage of inStages(entries, entry => entry).reverse()) {
    const found = await survey(client, stage.items);
    const pending: { entry: Entry; resource: ApiResource; uid: string }[] = [];
    await each(stage.items, async entry => {
      const object = found.get(keyOf(entry));
      if (!object) {
        return;
      }
      const uid = object.metadata.uid!;
      if (!isClaimedBy(object, owner) || (entry.uid !== undefined && entry.uid !== uid) || options.keepUids?.has(uid)) {
        log(`left alone ${describe(entry)}: it is not ours any more`);
        return;
      }
      const resource = (await client.discovery.findAny(entry.group, entry.version, entry.kind))!;
      const heir = heirs.heirTo({ ...entry, uid }) ?? (options.undo && entry.from ? owner.siblingCalled(entry.from) : undefined);
      if (heir) {
        previous.set(heir.logicalId, previous.get(heir.logicalId) ?? Previous.read(client, owner, heir));
        // With its content of before, if it was the heir's before.
        const content = (await previous.get(heir.logicalId)!).of(entry);
        await (content ? giveBack(client, resource, entry, owner, heir, content) : passOn(client, resource, entry, owner, heir));
        handed.push({ entry, heir });
        return;
      }
      if (entry.adopted) {
        await restore(client, resource, object, options.originals?.get(keyOf(entry)));
        return;
      }
      const reason = await reasonToKeep(client, owner, object, options);
      if (reason) {
        kept.push(`${describe(entry)} (${reason})`);
        await release(client, resource, object, { [RETAINED]: claimOf(owner, idOf(object)) });
        return;
      }
      const propagation = LEAVES.has(entry.kind) || (options.undo && isDefinedBy(entries, entry)) ? 'Background' : 'Foreground';
      const gone = await logged('deleted', describe(entry), () => deleteExactly(client, owner, resource, object, propagation));
      if (!gone) {
        pending.push({ entry, resource, uid });
      }
    });
    await each(pending, async ({ entry, resource, uid }) => waitUntilGone(client, resource, entry, uid));
  }
  for (const [logicalId, before] of previous) {
    await (await before).drop(handed.filter(({ heir }) => heir.logicalId === logicalId).map(({ entry }) => entry));
  }
  // What was another's before a create goes back to it in any case.
  const given = handed.filter(({ entry }) => !(options.undo && entry.from));
  if (given.length > 0) {
    kept.push(...await removeForHeirs(client, owner, given, options));
  }
  return kept;
}

/** An heir may have been deleted while it was given something: it knows nothing of it, so that it is removed in its place. */
async function removeForHeirs(client: KubeClient, owner: Owner, handed: { entry: Entry; heir: Owner }[], options: RemovalOptions): Promise<string[]> {
  const heirs = await Heirs.of(client, owner);
  const kept: string[] = [];
  for (const { entry, heir } of handed.filter(given => !heirs.heirTo(given.entry))) {
    kept.push(...await remove(client, heir, [entry], options));
  }
  return kept;
}

/** The garbage collector takes half a minute to hear of a new kind; an undo does not wait for it to learn of one that goes anyway. */
function isDefinedBy(entries: readonly Entry[], entry: Entry): boolean {
  return entries.some(({ kind, name }) => kind === 'CustomResourceDefinition' && name.endsWith(`.${entry.group}`));
}

/** As it was looked at: in between, another custom resource of the stack may have taken it over. */
async function deleteExactly(
  client: KubeClient, owner: Owner, resource: ApiResource, object: KubeObject, propagation: 'Foreground' | 'Background',
): Promise<boolean> {
  const { name, namespace = '', uid, resourceVersion } = object.metadata;
  try {
    return await client.delete(resource, namespace, name, { uid, resourceVersion }, propagation);
  } catch (error) {
    if (!(error instanceof KubeError && error.isPrecondition)) {
      throw new Error(`${describe(idOf(object))} cannot be deleted: ${(error as Error).message}`);
    }
  }
  const now = await client.get(resource, namespace, name, 'metadata');
  const isOurs = now?.metadata.uid === uid && isClaimedBy({ ...now!, apiVersion: object.apiVersion, kind: object.kind }, owner);
  return isOurs ? deleteExactly(client, owner, resource, { ...object, metadata: now!.metadata }, propagation) : true;
}

/** Why an object must not go, undefined if it may. */
async function reasonToKeep(client: KubeClient, owner: Owner, object: KubeObject, { retain, undo }: RemovalOptions): Promise<string | undefined> {
  const { name, annotations } = object.metadata;
  const policy = annotations?.[ON_DELETE];
  if (object.kind === 'CustomResourceDefinition' && (undo || (!retain && policy !== 'retain'))) {
    return reasonToKeepCrd(client, name, undo);
  }
  const other = object.kind === 'Namespace' && policy !== 'delete' && await otherOwnerIn(client, name, owner);
  if (other) {
    return `${describeOwner(other)} delivers into it`;
  }
  if (undo) {
    return undefined;
  }
  if (object.kind === 'Namespace' && SYSTEM_NAMESPACES.includes(name)) {
    return 'it belongs to Kubernetes';
  }
  if (policy === 'retain') {
    return `${ON_DELETE} is "retain"`;
  }
  if (policy !== 'delete') {
    if (retain) {
      return 'this chart retains its objects';
    }
    if (object.kind === 'PersistentVolumeClaim' || object.kind === 'PersistentVolume') {
      return `it holds data: annotate it ${ON_DELETE}: delete to have it removed`;
    }
    if (object.kind === 'Namespace' && (await client.list(PVC, name, { metadata: true, limit: 1 })).length > 0) {
      return `it holds PersistentVolumeClaims: annotate it ${ON_DELETE}: delete to have it removed with them`;
    }
  }
  return undefined;
}

/** With its definition every custom resource of the kind would go, whosoever it is; ours are gone by now. */
async function reasonToKeepCrd(client: KubeClient, name: string, undo: boolean): Promise<string | undefined> {
  const definition = await client.get(CRD, '', name);
  if (!definition) {
    return undefined;
  }
  const { group, names, scope, versions } = definition.spec;
  // Every object is to be had in any version that is served, which the stored one need not be.
  const version = versions.find((v: any) => v.served)?.name;
  if (!version) {
    return undo ? undefined : 'none of its versions is served, so that nobody can see whether objects of it are left';
  }
  const resource = new ApiResource(group, version, names.kind, names.plural, scope === 'Namespaced');
  const left = (await client.list(resource, '', { metadata: true, limit: 3 })).map(o => describe({ ...idOf(o), kind: names.kind }));
  return left.length > 0 ? `objects of this kind are left that would go with it: ${left.join(', ')}` : undefined;
}

/** Puts an adopted object back to what it was, or at least takes our claim off it. */
async function restore(client: KubeClient, resource: ApiResource, object: KubeObject, original: KubeObject | undefined): Promise<void> {
  if (!original) {
    return release(client, resource, object, {});
  }
  const { managedFields, ...metadata } = original.metadata;
  await logged('restored', describe(idOf(object)), () => client.replace(resource, {
    ...original, metadata: { ...metadata, resourceVersion: object.metadata.resourceVersion },
  }));
}

async function release(client: KubeClient, resource: ApiResource, object: KubeObject, annotations: Record<string, string>): Promise<void> {
  const { name, namespace, uid } = object.metadata;
  await logged('released', describe(idOf(object)), () => client.patch(
    resource, namespace ?? '', name, { metadata: { uid, annotations: { [CLAIM]: null, ...annotations } } }, 'application/merge-patch+json',
  ));
}

/** Waits until the object is gone, dependents and finalizers included; at the deadline it says what holds it. */
export async function waitUntilGone(client: KubeClient, resource: ApiResource, id: Entry, uid: string): Promise<void> {
  for (let delay = 100; ; delay = Math.min(2000, delay * 1.5)) {
    const object = await client.get(resource, id.namespace, id.name);
    if (!object || object.metadata.uid !== uid) {
      log(`gone ${describe(id)}`);
      return;
    }
    if (Date.now() + delay > client.deadline) {
      throw new Error(`${describe(id)} is not gone in time: ${whatHolds(object)}`);
    }
    await sleep(delay);
  }
}

/** Who should have taken a finalizer off. */
const CONTROLLERS: [prefix: RegExp, controller: string][] = [
  [/^foregroundDeletion$/, 'its dependents are not gone yet'],
  [/^kubernetes\.io\/pvc?-protection$/, 'something still uses it: a pod or a claim'],
  [/^service\.kubernetes\.io\/load-balancer-cleanup$/, 'the cloud controller of the cluster'],
  [/(^|\.)(elbv2|service|ingress|gateway)\.k8s\.aws/, 'the AWS Load Balancer Controller'],
  [/^karpenter\./, 'Karpenter'],
  [/argoproj\.io/, 'Argo CD'],
  [/cert-manager\.io/, 'cert-manager'],
  [/customresourcecleanup\.apiextensions\.k8s\.io/, 'custom resources of the kind are not gone yet'],
];

/** What keeps an object that was deleted, and who should see to it. */
export function whatHolds(object: KubeObject): string {
  const finalizers = object.metadata.finalizers ?? object.spec?.finalizers ?? [];
  const remaining = (object.status?.conditions ?? [])
    .filter((c: any) => object.kind === 'Namespace' && c.status === 'True' && c.message)
    .map((c: any) => c.message);
  if (finalizers.length === 0) {
    return ['its pods or other dependents still run', ...remaining].join('; ');
  }
  const texts = finalizers.map((finalizer: string) => {
    const known = CONTROLLERS.find(([pattern]) => pattern.test(finalizer))?.[1];
    return `finalizer "${finalizer}" (${known ?? `to be removed by the controller of ${finalizer.split('/')[0]}`})`;
  });
  return `${texts.join(', ')} ${remaining.join('; ')}`.trim() + '. Is that controller still running? If it is gone for good, remove the finalizer by hand and delete again';
}
