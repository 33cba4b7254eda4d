import * as https from 'node:https';
import { CONCURRENCY, sleep } from './concurrency';
import { ApiResource, Discovery } from './discovery';
import { KubeError } from './kube-error';
import { groupOf, isSecret, KubeObject, versionOf } from './objects';

export interface KubeClientOptions {
  /** https:// address of the API server. */
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
  readonly token: () => Promise<string>;
  readonly fieldManager: string;
  /** Milliseconds since the epoch after which nothing is tried again. */
  readonly deadline: number;
  /** Milliseconds: how long what passes by itself is waited for (an access entry that propagates, DNS, a webhook without endpoints, a server that is busy). */
  readonly patience: number;
}

export interface ApplyOptions {
  /** Take fields from other managers. */
  readonly force: boolean;
  /** Whether a field the server does not know is an error. */
  readonly validation: 'Strict' | 'Ignore';
  /** @default - the client's own */
  readonly fieldManager?: string;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly query?: Record<string, string>;
  /** Never repeat the server's words about this object: they may hold its values. */
  readonly confidential?: boolean;
}

export interface ListOptions {
  readonly metadata?: boolean;
  readonly selector?: string;
  /** A field selector. */
  readonly fields?: string;
  readonly limit?: number;
}

/** What an object must be to be deleted: this very one, and as it was when it was looked at. */
export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json';
const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json';
const TOKEN_LIFE = 10 * 60_000;

/** Talks to one API server over a few kept connections and tries again what passes by itself. */
export class KubeClient {
  /** Moved on when there is something left to do after a failure. */
  deadline: number;
  readonly discovery: Discovery;
  private readonly agent: https.Agent;
  private readonly patientUntil: number;
  /** Whether the server has let us in: before, a refusal may only mean that the access entry has not arrived yet. */
  private admitted = false;
  private token?: { readonly value: string; readonly madeAt: number };

  constructor(private readonly options: KubeClientOptions) {
    this.deadline = options.deadline;
    this.patientUntil = Date.now() + options.patience;
    this.agent = new https.Agent({ keepAlive: true, maxSockets: CONCURRENCY, ca: options.ca });
    this.discovery = new Discovery(path => this.request('GET', path));
  }

  /** Milliseconds. */
  get patience(): number {
    return this.options.patience;
  }

  close(): void {
    this.agent.destroy();
  }

  /** Undefined if there is none. */
  async get(resource: ApiResource, namespace: string, name: string, what: 'whole' | 'metadata' = 'whole'): Promise<KubeObject | undefined> {
    return this.found(resource, this.request('GET', resource.path(namespace, name), { accept: what === 'metadata' ? METADATA_ONLY : undefined }));
  }

  /** All of a kind in a namespace, or in all (''); `limit` stops it early. */
  async list(resource: ApiResource, namespace: string, options: ListOptions = {}): Promise<KubeObject[]> {
    const items: KubeObject[] = [];
    let next = '';
    do {
      const page = await this.found(resource, this.request('GET', resource.path(namespace), {
        accept: options.metadata ? METADATA_LIST : undefined,
        query: {
          limit: String(options.limit ?? 500),
          ...next ? { continue: next } : {},
          ...options.selector ? { labelSelector: options.selector } : {},
          ...options.fields ? { fieldSelector: options.fields } : {},
        },
      }));
      items.push(...page?.items ?? []);
      next = page?.metadata?.continue ?? '';
    } while (next && !(options.limit && items.length >= options.limit));
    return items;
  }

  /** Server-side apply. */
  async apply(resource: ApiResource, object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
    return this.request('PATCH', resource.path(object.metadata.namespace ?? '', object.metadata.name), {
      body: object,
      contentType: 'application/apply-patch+yaml',
      query: { fieldManager: options.fieldManager ?? this.options.fieldManager, force: String(options.force), fieldValidation: options.validation },
      confidential: isSecret({ group: groupOf(object.apiVersion), kind: object.kind }),
    });
  }

  async patch(
    resource: ApiResource, namespace: string, name: string, body: unknown, contentType: string, fieldManager = this.options.fieldManager,
  ): Promise<KubeObject> {
    return this.request('PATCH', resource.path(namespace, name), {
      body, contentType, query: { fieldManager }, confidential: isSecret(resource),
    });
  }

  async replace(resource: ApiResource, object: KubeObject): Promise<KubeObject> {
    return this.request('PUT', resource.path(object.metadata.namespace ?? '', object.metadata.name), {
      body: object, query: { fieldManager: this.options.fieldManager }, confidential: isSecret(resource),
    });
  }

  /** Asks for the removal of one very object. True if it is gone already, false if something holds it still. */
  async delete(
    resource: ApiResource, namespace: string, name: string, preconditions: Preconditions | undefined, propagation: 'Foreground' | 'Background' | 'Orphan',
  ): Promise<boolean> {
    const answer = await notFoundIsUndefined(this.request('DELETE', resource.path(namespace, name), {
      body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: propagation, preconditions },
    }));
    return answer === undefined || (answer.kind === 'Status' && answer.status === 'Success');
  }

  /** Asks for a pod to go, as disruption budgets allow: a refusal is tried again for a while. */
  async evict(namespace: string, name: string, uid: string): Promise<void> {
    await notFoundIsUndefined(this.request('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions: { preconditions: { uid } } },
    }));
  }

  async request(method: string, path: string, options: RequestOptions = {}): Promise<any> {
    const query = options.query ? `?${new URLSearchParams(options.query)}` : '';
    const started = Date.now();
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      let error: KubeError;
      try {
        const answer = await this.send(method, path + query, options);
        this.admitted ||= !Discovery.covers(path);
        return answer;
      } catch (e) {
        error = e as KubeError;
      }
      if (error.status === 401 && this.admitted && !renewed) {
        renewed = true;
        this.token = undefined;
        continue;
      }
      const until = Math.min(this.deadline, this.triedAgainUntil(error, started, options.body));
      const left = until - Date.now();
      // The last try stands at the end of the time, not one step of the backoff before it.
      const delay = Math.min(left, Math.max(error.retryAfter ?? 0, Math.min(5000, 200 * 2 ** attempt) * (0.75 + Math.random() / 2)));
      if (left < 50) {
        throw attempt === 0 ? error : error.after(Date.now() - started);
      }
      if (error.status === 401 || error.status === 403) {
        // The server remembers for a while who a token was.
        this.token = undefined;
      }
      if (attempt === 0 || delay > 2000) {
        console.log(`${method} ${path}: ${error.reason || error.code || error.status}, trying again`);
      }
      await sleep(delay);
    }
  }

  /** Until when this failure is worth another try; 0 for never. */
  private triedAgainUntil(error: KubeError, started: number, body: any): number {
    const patience = started + this.options.patience;
    if (error.isConnection) {
      return this.admitted ? patience : Math.max(this.patientUntil, started + 1000);
    }
    if (error.isNamespaceTerminating) {
      return patience;
    }
    if (error.status === 401 || error.status === 403) {
      return this.admitted ? 0 : this.patientUntil;
    }
    if (error.status === 409) {
      // What is meant for one state of an object never fits another.
      return error.isFieldConflict || error.isPrecondition || body?.metadata?.resourceVersion ? 0 : patience;
    }
    return error.isTransient ? patience : 0;
  }

  /** What is not there is undefined; and what the server no longer serves, it may serve in another version. */
  private async found<T>(resource: ApiResource, answer: Promise<T>): Promise<T | undefined> {
    return notFoundIsUndefined(answer.catch(error => {
      if (error instanceof KubeError && error.isUnknownPath) {
        this.discovery.forget(resource);
      }
      throw error;
    }));
  }

  private async bearer(): Promise<string> {
    if (!this.token || Date.now() - this.token.madeAt > TOKEN_LIFE) {
      this.token = { value: await this.options.token(), madeAt: Date.now() };
    }
    return this.token.value;
  }

  private async send(method: string, path: string, options: RequestOptions): Promise<any> {
    const body = options.body === undefined ? undefined : Buffer.from(yamlSafe(JSON.stringify(options.body)));
    const headers: Record<string, string | number> = { authorization: `Bearer ${await this.bearer()}`, accept: options.accept ?? 'application/json' };
    if (body) {
      headers['content-type'] = options.contentType ?? 'application/json';
      headers['content-length'] = body.length;
    }
    return new Promise((resolve, reject) => {
      const timeout = Math.max(1000, Math.min(45_000, this.deadline - Date.now()));
      const call = https.request(new URL(path, this.options.endpoint), { method, headers, agent: this.agent, timeout }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', error => reject(KubeError.ofConnection(error)));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode!;
          const parsed = parse(text);
          if (status < 300) {
            resolve(parsed);
          } else {
            reject(KubeError.ofResponse(status, parsed ?? (text || {}), response.headers['retry-after'], options.confidential));
          }
        });
      });
      call.on('timeout', () => call.destroy(Object.assign(new Error('the API server did not answer in time'), { code: 'ETIMEDOUT' })));
      call.on('error', error => reject(KubeError.ofConnection(error)));
      call.end(body);
    });
  }
}

/** The server reads what is applied as YAML: some characters that JSON takes as they are mean a line break there, or nothing legal. */
function yamlSafe(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function notFoundIsUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** The resource that serves exactly this apiVersion and kind. */
export async function resourceOf(client: KubeClient, object: { apiVersion: string; kind: string }): Promise<ApiResource | undefined> {
  return client.discovery.find(groupOf(object.apiVersion), versionOf(object.apiVersion), object.kind);
}
