import { ApiResource } from './discovery';
import { KubeClient } from './kube-client';
import { idOf, keyOf, KubeObject, ObjectId, versionOf } from './objects';
import { Owner } from './owner';

/** One object that a custom resource delivered, or is about to. */
export interface Entry extends ObjectId {
  readonly version: string;
  /** Unknown until the object was applied. */
  uid?: string;
  /** It was there before the request that is under way: if that fails, it is let go and not deleted. */
  adopted?: boolean;
  /** It was another's of the same stack before the request that is under way, of this logical id: if that fails, it goes back. */
  from?: string;
  /** Of a Helm release that is being uninstalled: listed until it is gone. */
  going?: boolean;
  /** Of a Helm release that was there before: the revision it had. */
  revision?: number;
}

export const INVENTORY_NAMESPACE = 'kube-system';
export const OWNER_LABEL = 'eks-slipway/owner';
const INVENTORY_OF = 'eks-slipway/inventory-of';
const MANAGED_BY = 'app.kubernetes.io/managed-by';
const CONFIG_MAPS = new ApiResource('', 'v1', 'ConfigMap', 'configmaps', true);
/** `pending`: a request is under way, or has failed; `leaving`: the owner is being deleted. */
type State = 'settled' | 'pending' | 'leaving';

/** Lambda hands an event in again within minutes, never after this many others. */
const REMEMBERED_REQUESTS = 10;

/**
 * What one custom resource has delivered, kept in the cluster. It is written before the first object, with all that is intended,
 * and again after the last: whatever ends a request in between, nothing is out there that is not listed here.
 */
export class Inventory {
  static async read(client: KubeClient, owner: Owner): Promise<Inventory> {
    const object = await client.get(CONFIG_MAPS, INVENTORY_NAMESPACE, nameOf(owner));
    const inventory = new Inventory(client, owner, object !== undefined);
    if (object) {
      inventory.set(JSON.parse(object.data?.objects ?? '[]'));
      inventory.requests = JSON.parse(object.data?.requests ?? '[]');
      inventory.state = object.data?.state ?? 'settled';
    }
    return inventory;
  }

  private readonly byKey = new Map<string, Entry>();
  /** Requests that were brought to a good end. */
  private requests: string[] = [];
  private state: State = 'settled';

  private constructor(private readonly client: KubeClient, private readonly owner: Owner, private stored: boolean) {}

  get exists(): boolean {
    return this.stored;
  }

  get entries(): Entry[] {
    return [...this.byKey.values()];
  }

  /** Whether any request ever came to a good end: until then, what is listed may be undone. */
  get isConfirmed(): boolean {
    return this.requests.length > 0;
  }

  /** Whether the last request came to a good end. */
  get isSettled(): boolean {
    return this.stored && this.state === 'settled';
  }

  entry(id: ObjectId): Entry | undefined {
    return this.byKey.get(keyOf(id));
  }

  /** Whether this request was dealt with: Lambda may hand an event in twice. */
  hasHandled(requestId: string): boolean {
    return this.requests.includes(requestId);
  }

  /** A resource of this name existed before and left its objects behind: to the new one they are what was there before. */
  inherit(): void {
    this.requests = [];
    this.entries.forEach(entry => { entry.adopted = true; });
  }

  intend(object: KubeObject, found: { adopted: boolean; from?: string; uid?: string }): void {
    const id = idOf(object);
    const known = this.entry(id);
    const from = found.from ?? (found.uid !== undefined && found.uid === known?.uid ? known.from : undefined);
    this.byKey.set(keyOf(id), {
      ...id,
      version: versionOf(object.apiVersion),
      uid: found.uid,
      ...found.adopted || known?.adopted ? { adopted: true } : {},
      ...from ? { from } : {},
    });
  }

  add(entries: Entry[]): void {
    entries.filter(entry => !this.entry(entry)).forEach(entry => this.byKey.set(keyOf(entry), entry));
  }

  put(entry: Entry): void {
    const { adopted, from, revision } = this.entry(entry) ?? {};
    this.byKey.set(keyOf(entry), { ...entry, ...adopted || from ? { adopted, from, revision } : {} });
  }

  applied(object: KubeObject): void {
    const entry = this.entry(idOf(object));
    if (entry) {
      entry.uid = object.metadata.uid;
    }
  }

  drop(entries: readonly ObjectId[]): void {
    entries.forEach(entry => this.byKey.delete(keyOf(entry)));
  }

  confirm(requestId: string): void {
    this.entries.forEach(entry => {
      delete entry.adopted;
      delete entry.from;
    });
    this.state = 'settled';
    this.requests = [...this.requests.filter(id => id !== requestId), requestId].slice(-REMEMBERED_REQUESTS);
  }

  /** A request begins: from now on what is listed is what is wanted, of before or of now. */
  async begin(): Promise<void> {
    this.state = 'pending';
    await this.write();
  }

  /** The owner goes: nothing is to come back to it. */
  async leave(): Promise<void> {
    if (this.stored) {
      this.state = 'leaving';
      await this.write();
    }
  }

  async write(): Promise<void> {
    await this.client.apply(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: nameOf(this.owner),
        namespace: INVENTORY_NAMESPACE,
        labels: { [MANAGED_BY]: 'eks-slipway', [OWNER_LABEL]: this.owner.hash },
        annotations: { [INVENTORY_OF]: this.owner.toString() },
      },
      data: { objects: JSON.stringify(this.entries), requests: JSON.stringify(this.requests), state: this.state },
    }, { force: true, validation: 'Strict' });
    this.stored = true;
  }

  async delete(): Promise<void> {
    if (this.stored) {
      await this.client.delete(CONFIG_MAPS, INVENTORY_NAMESPACE, nameOf(this.owner), undefined, 'Background');
      this.stored = false;
    }
  }

  private set(entries: Entry[]): void {
    entries.forEach(entry => this.byKey.set(keyOf(entry), entry));
  }
}

function nameOf(owner: Owner): string {
  return `eks-slipway-${owner.hash}`;
}

/** What another owner has listed. */
interface Listing {
  readonly owner: string;
  readonly entries: Entry[];
  /** Absent: settled. */
  readonly state?: State;
}

async function otherListings(client: KubeClient, owner: Owner): Promise<Listing[]> {
  const all = await client.list(CONFIG_MAPS, INVENTORY_NAMESPACE, { selector: `${MANAGED_BY}=eks-slipway` });
  return all.filter(({ metadata }) => metadata.labels?.[OWNER_LABEL] !== owner.hash).map(({ metadata, data }) => ({
    owner: metadata.annotations?.[INVENTORY_OF] ?? '',
    entries: JSON.parse(data?.objects ?? '[]'),
    state: data?.state,
  }));
}

/** Another owner who delivers something into a namespace. */
export async function otherOwnerIn(client: KubeClient, namespace: string, owner: Owner): Promise<string | undefined> {
  return (await otherListings(client, owner)).find(({ entries }) => entries.some(entry => entry.namespace === namespace))?.owner;
}

/** Who else of the same stack wants what an owner gives up: it had it before, or is about to take it. */
export class Heirs {
  static async of(client: KubeClient, owner: Owner): Promise<Heirs> {
    const listings = (await otherListings(client, owner)).filter(({ state }) => state !== 'leaving').map(listing => ({ ...listing, sibling: owner.siblingIn(listing.owner) }));
    return new Heirs(new Map(listings.flatMap(({ sibling, entries }) => sibling ? entries.map(entry => [heritage(entry), sibling]) : [])));
  }

  private constructor(private readonly wanted: Map<string, Owner>) {}

  /** Whoever lists this very object. */
  heirTo(entry: Entry): Owner | undefined {
    return this.wanted.get(heritage(entry));
  }
}

function heritage(entry: Entry): string {
  return `${keyOf(entry)} ${entry.uid ?? ''}`;
}

/** The owner behind a hash, by its inventory. */
export async function ownerOfHash(client: KubeClient, hash: string): Promise<string | undefined> {
  const object = await client.get(CONFIG_MAPS, INVENTORY_NAMESPACE, `eks-slipway-${hash}`, 'metadata');
  return object?.metadata.annotations?.[INVENTORY_OF];
}
