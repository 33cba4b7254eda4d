import { appliedBy } from './applied-fields';
import { claimant, claimOf, CLAIM, isClaimedBy, RETAINED, wasRetainedBy } from './claim';
import { each, sleep } from './concurrency';
import { ApiResource } from './discovery';
import { Identities } from './identities';
import { Entry, Inventory } from './inventory';
import { ApplyOptions, KubeClient, resourceOf } from './kube-client';
import { KubeError } from './kube-error';
import { passOn } from './move';
import { describe, groupOf, idOf, isSecret, keyOf, KubeObject, ObjectId, versionOf } from './objects';
import { CUSTOM_STAGE, inStages, isCrd } from './order';
import { describeOwner, Owner } from './owner';
import { Previous } from './previous';
import { remove, waitUntilGone } from './remove';
import { makeRoom, mayBeReplaced, ON_IMMUTABLE } from './replace';
import { log, logged, Outcome, Request } from './request';
import { survey } from './survey';
import { dropUnknownFields } from './unknown-fields';
import { isWaitedFor, waitUntilReady } from './wait';

/** A set of objects that one custom resource delivers, and how. */
export interface ObjectSet {
  readonly objects: KubeObject[];
  /** Take over objects that exist and that nobody's claim covers. */
  readonly adopt: boolean;
  readonly retain: boolean;
  readonly wait: boolean;
  readonly validation: ApplyOptions['validation'];
  /** Service accounts with a Pod Identity association, as `namespace/name`. */
  readonly identities?: string[];
}

/** How long a kind may take to be served after its definition was established. */
const UNTIL_SERVED = 30_000;

/** Create or Update: afterwards exactly this set is there. If a create fails, nothing of it is. */
export async function deliver(request: Request, set: ObjectSet, previous: () => Promise<KubeObject[]>): Promise<Outcome> {
  return new Delivery(request, set, await Inventory.read(request.client, request.owner)).run(previous);
}

/** Delete: what is still ours goes, or is let go. */
export async function withdraw(request: Request, retain: boolean, previous: () => Promise<KubeObject[]>): Promise<Outcome> {
  const { client, owner } = request;
  const inventory = await Inventory.read(client, owner);
  if (!inventory.exists) {
    inventory.add(await entriesOf(client, await previous()));
  }
  const undo = inventory.exists && !inventory.isConfirmed;
  await inventory.leave();
  const kept = await remove(client, owner, inventory.entries, { retain, undo });
  await inventory.delete();
  await Previous.forget(client, { taker: owner });
  await Previous.forget(client, { giver: owner });
  return { note: kept.length > 0 ? `kept: ${kept.join('; ')}` : undefined };
}

interface Found {
  readonly how: 'absent' | 'ours' | 'adopted' | 'moved';
  readonly current?: KubeObject;
  /** Of what is moved: whose it is yet. */
  readonly from?: Owner;
}

class Delivery {
  private readonly client: KubeClient;
  private readonly found = new Map<string, Found>();
  /** What adopted and moved objects were before, in memory only. */
  private readonly originals = new Map<string, KubeObject>();

  constructor(private readonly request: Request, private readonly set: ObjectSet, private readonly inventory: Inventory) {
    this.client = request.client;
  }

  async run(previous: () => Promise<KubeObject[]>): Promise<Outcome> {
    const { event, owner } = this.request;
    if (this.inventory.hasHandled(event.RequestId)) {
      log('this request was dealt with before: nothing to do');
      return {};
    }
    if (event.RequestType === 'Create' && this.inventory.isConfirmed) {
      this.inventory.inherit();
    }
    if (event.RequestType === 'Update' && !this.inventory.exists) {
      this.inventory.add(await entriesOf(this.client, await previous()));
    }
    await this.setNamespaces();
    await this.classify(this.set.objects);
    const old = this.inventory.entries.filter(entry => !this.found.has(keyOf(entry)));
    for (const object of this.set.objects) {
      const { how, current, from } = this.foundOf(object);
      this.inventory.intend(object, { adopted: how === 'adopted', from: from?.logicalId, uid: current?.metadata.uid });
    }
    const givers = await this.keepPrevious();
    await this.inventory.begin();

    let kept: string[];
    let bare: string[];
    try {
      await this.applyAll();
      bare = await new Identities(this.client, this.set.identities ?? []).during(() => this.waitForAll(), this.set.wait, this.request.deadline);
      kept = await remove(this.client, owner, old, {
        // What a resource of the same name left behind before is not this create's to delete.
        retain: this.set.retain || event.RequestType === 'Create',
        undo: false,
        keepUids: new Set(this.set.objects.map(object => this.inventory.entry(idOf(object))!.uid!)),
      });
    } catch (error) {
      if (event.RequestType === 'Create') {
        await this.undo(error as Error);
      } else {
        await this.inventory.write();
      }
      throw error;
    }
    this.inventory.drop(old);
    this.inventory.confirm(event.RequestId);
    await this.inventory.write();
    if (old.length > 0) {
      await Previous.forget(this.client, { giver: owner });
    }
    const taken = givers.map(giver => `taken over from ${giver.describe()}`);
    return { note: [...taken, ...kept.length > 0 ? [`kept: ${kept.join('; ')}`] : [], ...bare].join('; ') || undefined };
  }

  /** Keeps what moved objects are by now, for a rollback. */
  private async keepPrevious(): Promise<Owner[]> {
    const moved = [...this.found.values()].filter(({ from }) => from !== undefined);
    const givers = [...new Map(moved.map(({ from }) => [from!.logicalId, from!])).values()];
    for (const giver of givers) {
      const contents = moved.filter(({ from }) => from!.logicalId === giver.logicalId)
        .map(({ current }) => this.originals.get(keyOf(idOf(current!)))).filter((whole): whole is KubeObject => whole !== undefined)
        .map(whole => appliedBy(whole, giver.fieldManager));
      await (await Previous.read(this.client, this.request.owner, giver)).keep(contents);
    }
    return givers;
  }

  /** Objects in no named namespace go to `default`; where a kind is new, its definition in the same set says whether it has one. */
  private async setNamespaces(): Promise<void> {
    const scopes = new Map(this.set.objects.filter(isCrd).map(crd => [`${crd.spec?.group}/${crd.spec?.names?.kind}`, crd.spec?.scope === 'Namespaced']));
    const seen = new Set<string>();
    for (const object of this.set.objects) {
      const group = groupOf(object.apiVersion);
      const namespaced = scopes.get(`${group}/${object.kind}`) ?? (await this.servedKind(object)).namespaced;
      if (namespaced) {
        object.metadata.namespace ??= 'default';
      } else {
        delete object.metadata.namespace;
      }
      const key = keyOf(idOf(object));
      if (seen.has(key)) {
        throw new Error(`${describe(idOf(object))} is in the manifest twice`);
      }
      seen.add(key);
    }
  }

  /** The resource of a kind; a kind that another delivery has just brought may take a moment. */
  private async servedKind(object: KubeObject): Promise<ApiResource> {
    const until = Math.min(this.client.deadline, Date.now() + Math.min(UNTIL_SERVED, this.client.patience));
    for (;;) {
      const resource = await resourceOf(this.client, object);
      if (resource) {
        return resource;
      }
      if (Date.now() + 500 > until) {
        const served = await this.client.discovery.findAny(groupOf(object.apiVersion), versionOf(object.apiVersion), object.kind);
        throw new Error(`${describe(idOf(object))}: the cluster knows no kind "${object.kind}" in "${object.apiVersion}". ${served
          ? `It serves "${served.apiVersion}": write the object in that version`
          : 'Deliver its CustomResourceDefinition first, or correct the apiVersion'}`);
      }
      await sleep(500);
    }
  }

  /**
   * Looks at what is there before anything is written, and refuses what is not ours to write.
   *
   * @param late whether it is no longer before
   */
  private async classify(objects: KubeObject[], late = false): Promise<void> {
    const there = await survey(this.client, objects.map(o => ({ ...idOf(o), version: versionOf(o.apiVersion) })));
    const refusals: string[] = [];
    for (const object of objects) {
      const id = idOf(object);
      const current = there.get(keyOf(id));
      const found = this.judge(id, current, late);
      if (typeof found === 'string') {
        refusals.push(found);
      } else {
        this.found.set(keyOf(id), found);
      }
    }
    if (refusals.length > 0) {
      throw new Error(refusals.slice(0, 5).join('; ') + (refusals.length > 5 ? `; and ${refusals.length - 5} more` : ''));
    }
    await each(objects, async object => {
      const { how, current } = this.foundOf(object);
      if ((how === 'adopted' || how === 'moved') && current) {
        const resource = (await resourceOf(this.client, object))!;
        const whole = await this.client.get(resource, object.metadata.namespace ?? '', object.metadata.name);
        if (whole) {
          this.originals.set(keyOf(idOf(object)), whole);
        }
      }
    });
  }

  private judge(id: ObjectId, current: KubeObject | undefined, late: boolean): Found | string {
    const { owner } = this.request;
    if (!current) {
      return { how: 'absent' };
    }
    const recorded = this.inventory.entry(id);
    const claim = claimant(current);
    if (claim !== undefined && claim !== owner.toString()) {
      const sibling = owner.siblingIn(claim);
      // What both have, and nobody has asked the one to let go of, would go to and fro.
      if (sibling && !late && !(this.inventory.isSettled && recorded?.uid === current.metadata.uid)) {
        return { how: 'moved', current, from: sibling };
      }
      return `${describe(id)} is delivered by ${describeOwner(claim)} and cannot be delivered by ${owner.describe()} too. Remove it from one of the two`;
    }
    if (isClaimedBy(current, owner) || (recorded?.uid !== undefined && recorded.uid === current.metadata.uid)) {
      return { how: recorded?.adopted ? 'adopted' : 'ours', current };
    }
    if (this.set.adopt || wasRetainedBy(current, owner)) {
      return { how: 'adopted', current };
    }
    const manager = (current.metadata.managedFields ?? []).map((f: any) => f.manager).filter(Boolean)[0];
    const helm = current.metadata.annotations?.['meta.helm.sh/release-name'];
    const maker = helm ? `Helm release "${helm}"` : manager ? `"${manager}"` : 'somebody else';
    return `${describe(id)} exists and was not delivered by EKS Slipway (it was made by ${maker}). Adopt it (conflict: adopt), give the object another name, or delete the existing one`;
  }

  private foundOf(object: KubeObject): Found {
    return this.found.get(keyOf(idOf(object)))!;
  }

  private async applyAll(): Promise<void> {
    for (const stage of inStages(this.set.objects, idOf)) {
      // Custom resources may rely on each other: their given order counts.
      await each(stage.items, async object => this.apply(object), stage.number === CUSTOM_STAGE ? 1 : undefined);
      await this.waitFor(stage.items.filter(isCrd));
    }
  }

  private async apply(object: KubeObject): Promise<void> {
    const id = idOf(object);
    const resource = await this.servedKind(object);
    for (let attempt = 1; ; attempt++) {
      const { how, current } = this.foundOf(object);
      if (current?.metadata.deletionTimestamp) {
        await waitUntilGone(this.client, resource, { ...id, version: resource.version }, current.metadata.uid!);
        this.found.set(keyOf(id), { how: 'absent' });
        continue;
      }
      try {
        const { from } = this.foundOf(object);
        if (from && !await passOn(this.client, resource, id, from, this.request.owner)) {
          await this.classify([object], true);
          continue;
        }
        const applied = await logged('applied', describe(id), () => this.client.apply(
          resource, this.bodyOf(object, current), { force: how !== 'absent', validation: this.set.validation },
        ));
        this.inventory.applied(applied);
        return;
      } catch (error) {
        if (this.set.validation === 'Ignore' && dropUnknownFields(object, (error as Error).message)) {
          attempt--;
          continue;
        }
        if (error instanceof KubeError && error.isImmutable && current && mayBeReplaced(object)) {
          await this.makeRoom(object, resource, current.metadata.uid!);
          continue;
        }
        const changedHands = error instanceof KubeError
          && (error.isFieldConflict || error.isPrecondition || ([409, 422].includes(error.status) && /\buid\b/i.test(error.message)));
        if (!changedHands || attempt === 3) {
          throw explain(error as Error, id);
        }
        // Somebody made, replaced or removed it since we looked.
        await this.classify([object], true);
      }
    }
  }

  /** Deletes what cannot be changed in place. */
  private async makeRoom(object: KubeObject, resource: ApiResource, uid: string): Promise<void> {
    const id = idOf(object);
    const { adopted, from } = this.inventory.entry(id) ?? {};
    if (adopted || from) {
      throw new Error(`${describe(id)} is only being ${adopted ? 'adopted' : `taken over from ${this.request.owner.siblingCalled(from!).describe()}`}, and is not replaced yet, although ${ON_IMMUTABLE} is "replace": take it as it is, and change it in the next deployment`);
    }
    await makeRoom(this.client, resource, object, uid);
    this.found.set(keyOf(id), { how: 'absent' });
  }

  private bodyOf(object: KubeObject, current: KubeObject | undefined): KubeObject {
    const { status, ...body } = isSecret(idOf(object)) ? withEncodedData(object) : object;
    const { uid, resourceVersion, generation, creationTimestamp, managedFields, selfLink, ...metadata } = object.metadata;
    const annotations: Record<string, string> = { ...metadata.annotations, [CLAIM]: claimOf(this.request.owner, idOf(object)) };
    delete annotations[RETAINED];
    return {
      ...body,
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: { ...metadata, annotations, ...current ? { uid: current.metadata.uid } : {} },
      ...isAutoscaled(current) && object.spec ? { spec: withoutReplicas(object.spec) } : {},
    };
  }

  private async waitForAll(): Promise<void> {
    if (this.set.wait) {
      await this.waitFor(this.set.objects.filter(isWaitedFor));
    }
  }

  private async waitFor(objects: KubeObject[]): Promise<void> {
    const targets = await Promise.all(objects.map(async object => ({ resource: await this.servedKind(object), id: idOf(object) })));
    await waitUntilReady(this.client, targets, this.request.deadline);
  }

  /** Takes back what this create made; the error that led here stays the one that is told. */
  private async undo(cause: Error): Promise<void> {
    log(`undoing the create: ${cause.message}`);
    this.client.deadline = this.request.lastMoment;
    try {
      await this.inventory.leave();
      await remove(this.client, this.request.owner, this.inventory.entries, { retain: false, undo: true, originals: this.originals });
      await this.inventory.delete();
      await Previous.forget(this.client, { taker: this.request.owner });
    } catch (error) {
      cause.message += `. What it had made could not be removed completely: ${(error as Error).message}`;
    }
  }
}

/** An autoscaler's word on replicas stands; a person's (`kubectl scale`) is drift. */
function isAutoscaled(current: KubeObject | undefined): boolean {
  return (current?.metadata.managedFields ?? []).some((f: any) =>
    f.subresource === 'scale' && !/^kubectl/.test(f.manager) && f.fieldsV1?.['f:spec']?.['f:replicas'] !== undefined);
}

function withoutReplicas(spec: any): any {
  const { replicas, ...rest } = spec;
  return rest;
}

/** Of what was applied as text the server does not know who has set it, and would keep it for ever. */
function withEncodedData(secret: KubeObject): KubeObject {
  const { stringData, ...rest } = secret;
  const isText = stringData && Object.values(stringData).every(value => typeof value === 'string');
  return isText ? {
    ...rest, data: { ...rest.data, ...Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, Buffer.from(value as string).toString('base64')])) },
  } as KubeObject : secret;
}

/** Says which object it was, and what can be done about it. */
function explain(error: Error, id: ObjectId): Error {
  const name = describe(id);
  if (!(error instanceof KubeError)) {
    return error;
  }
  if (error.isFieldConflict) {
    return new Error(`${name}: another manager holds ${error.fieldConflicts.join(', ')}. Leave these fields out of the chart, or let the other manager go`);
  }
  if (error.isImmutable) {
    return new Error(`${name}: ${error.message}. The field cannot be changed in place: give the object a new name, so that the old one is removed, or annotate it ${ON_IMMUTABLE}: replace to have it deleted and made anew`);
  }
  if (/failed calling webhook|conversion webhook .* failed/.test(error.message)) {
    return new Error(`${name}: ${error.message}. Deliver it after what serves the webhook is ready`);
  }
  return new Error(`${name}: ${error.message}`);
}

/** What a manifest names, as if it had been recorded: for want of an inventory. */
async function entriesOf(client: KubeClient, objects: KubeObject[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const object of objects) {
    const version = versionOf(object.apiVersion);
    const resource = await client.discovery.findAny(groupOf(object.apiVersion), version, object.kind);
    if (resource) {
      entries.push({ ...idOf(object), version, namespace: resource.namespaced ? object.metadata.namespace ?? 'default' : '' });
    }
  }
  return entries;
}
