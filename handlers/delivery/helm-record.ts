import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { ApiResource } from './discovery';
import { Entry } from './inventory';
import { KubeClient } from './kube-client';
import { describe, groupOf, idOf, KubeObject, versionOf } from './objects';
import { log } from './request';

const SECRETS = new ApiResource('', 'v1', 'Secret', 'secrets', true);

/** What helm has written down of one revision of a release: the manifests that it goes by in the next operation. */
export class HelmRecord {
  /** Undefined if there is no such revision. */
  static async read(client: KubeClient, namespace: string, release: string, revision: number): Promise<HelmRecord | undefined> {
    const name = `sh.helm.release.v1.${release}.v${revision}`;
    const secret = await client.get(SECRETS, namespace, name);
    return secret && new HelmRecord(client, namespace, name, JSON.parse(gunzipSync(Buffer.from(decoded(secret.data.release), 'base64')).toString('utf8')));
  }

  private constructor(
    private readonly client: KubeClient,
    private readonly namespace: string,
    private readonly name: string,
    private readonly content: { manifest: string; readonly apply_method?: string },
  ) {}

  /** Helm 4 applies on the server what it has installed so; helm 3 never does. */
  get isAppliedByServer(): boolean {
    return this.content.apply_method === 'ssa';
  }

  /** Its objects, as far as the cluster knows their kinds. */
  async objects(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const { object } of this.documents()) {
      const resource = object && await this.served(object);
      if (object && resource) {
        entries.push({ ...idOf(object), version: versionOf(object.apiVersion), namespace: resource.namespaced ? object.metadata.namespace ?? this.namespace : '' });
      }
    }
    return entries;
  }

  /**
   * Helm can do nothing with a release while it knows one kind of it no more. What is served in another version is written down in that one; what
   * is not served at all is gone with its kind, and is forgotten. False if there was nothing to mend.
   */
  async mend(): Promise<boolean> {
    const kept: string[] = [];
    let changed = false;
    for (const { text, object } of this.documents()) {
      const resource = object && await this.served(object);
      if (!object || resource?.apiVersion === object.apiVersion) {
        kept.push(text);
        continue;
      }
      changed = true;
      if (resource) {
        log(`written down as ${resource.apiVersion}: ${describe(idOf(object))} of ${this.name}`);
        kept.push(text.replace(/^(["']?apiVersion["']?:).*$/m, `$1 ${resource.apiVersion}`));
      } else {
        log(`forgot ${describe(idOf(object))} of ${this.name}: the cluster no longer knows its kind`);
      }
    }
    if (changed) {
      this.content.manifest = kept.map(text => `---\n${text.trim()}\n`).join('');
      const data = Buffer.from(gzipSync(JSON.stringify(this.content)).toString('base64')).toString('base64');
      await this.client.patch(SECRETS, this.namespace, this.name, { data: { release: data } }, 'application/merge-patch+json');
    }
    return changed;
  }

  private documents(): { readonly text: string; readonly object?: KubeObject }[] {
    return this.content.manifest.split(/^---(?:[ \t].*)?$/m).filter(text => text.trim()).map(text => {
      const object = parse(text);
      return { text, object: typeof object?.apiVersion === 'string' && object.metadata?.name ? object : undefined };
    });
  }

  private async served({ apiVersion, kind }: KubeObject): Promise<ApiResource | undefined> {
    return this.client.discovery.findAny(groupOf(apiVersion), versionOf(apiVersion), kind);
  }
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
