import { gunzipSync, gzipSync } from 'node:zlib';
import { ApiResource } from './discovery';
import { INVENTORY_NAMESPACE, OWNER_LABEL } from './inventory';
import { KubeClient } from './kube-client';
import { idOf, keyOf, KubeObject, ObjectId } from './objects';
import { Owner } from './owner';

const SECRETS = new ApiResource('', 'v1', 'Secret', 'secrets', true);
/** Whom something was taken from. */
const GIVER_LABEL = 'eks-slipway/taken-from';
/** What a Secret takes. */
const LIMIT = 1_000_000;

/**
 * What objects were when one owner took them from another of the same stack, as the other had applied them: kept until the other has let go for
 * good, and put back if the update is rolled back. In a Secret, because Secrets may be among them.
 */
export class Previous {
  static async read(client: KubeClient, taker: Owner, giver: Owner): Promise<Previous> {
    const kept = (await client.get(SECRETS, INVENTORY_NAMESPACE, nameOf(taker, giver)))?.data?.objects;
    const objects: KubeObject[] = kept ? JSON.parse(gunzipSync(Buffer.from(kept, 'base64')).toString('utf8')) : [];
    return new Previous(client, taker, giver, new Map(objects.map(object => [keyOf(idOf(object)), object])));
  }

  /** Whoever has let go, or has nothing any more that was taken, is no party to it. */
  static async forget(client: KubeClient, party: { readonly taker: Owner } | { readonly giver: Owner }): Promise<void> {
    const labelSelector = 'taker' in party ? `${GIVER_LABEL},${OWNER_LABEL}=${party.taker.hash}` : `${GIVER_LABEL}=${party.giver.hash}`;
    await client.request('DELETE', SECRETS.path(INVENTORY_NAMESPACE), { query: { labelSelector } });
  }

  private constructor(
    private readonly client: KubeClient,
    private readonly taker: Owner,
    private readonly giver: Owner,
    private readonly objects: Map<string, KubeObject>,
  ) {}

  of(id: ObjectId): KubeObject | undefined {
    return this.objects.get(keyOf(id));
  }

  /** What is kept already is what was first. */
  async keep(objects: readonly KubeObject[]): Promise<void> {
    objects.filter(object => !this.of(idOf(object))).forEach(object => this.objects.set(keyOf(idOf(object)), object));
    await this.write();
  }

  async drop(ids: readonly ObjectId[]): Promise<void> {
    if (ids.filter(id => this.objects.delete(keyOf(id))).length > 0) {
      await this.write();
    }
  }

  private async write(): Promise<void> {
    if (this.objects.size === 0) {
      await this.client.delete(SECRETS, INVENTORY_NAMESPACE, nameOf(this.taker, this.giver), undefined, 'Background');
      return;
    }
    const data = gzipSync(JSON.stringify([...this.objects.values()]));
    if (data.length > LIMIT) {
      throw new Error(`too much at once is taken over from ${this.giver.describe()}: move fewer objects in one deployment`);
    }
    await this.client.apply(SECRETS, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: nameOf(this.taker, this.giver),
        namespace: INVENTORY_NAMESPACE,
        labels: { 'app.kubernetes.io/managed-by': 'eks-slipway', [OWNER_LABEL]: this.taker.hash, [GIVER_LABEL]: this.giver.hash },
      },
      type: 'eks-slipway/previous',
      data: { objects: data.toString('base64') },
    }, { force: true, validation: 'Strict' });
  }
}

function nameOf(taker: Owner, giver: Owner): string {
  return `eks-slipway-${taker.hash}-${giver.hash}`;
}
