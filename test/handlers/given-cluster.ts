import { gunzipSync, gzipSync } from 'node:zlib';
import { ApiResource } from '../../handlers/delivery/discovery';
import { KubeClient } from '../../handlers/delivery/kube-client';
import { KubeObject } from '../../handlers/delivery/objects';

const SERVED = [
  new ApiResource('', 'v1', 'Namespace', 'namespaces', false),
  new ApiResource('', 'v1', 'ConfigMap', 'configmaps', true),
  new ApiResource('', 'v1', 'Secret', 'secrets', true),
  new ApiResource('', 'v1', 'Service', 'services', true),
  new ApiResource('', 'v1', 'Pod', 'pods', true),
  new ApiResource('', 'v1', 'ServiceAccount', 'serviceaccounts', true),
  new ApiResource('', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', true),
  new ApiResource('apps', 'v1', 'Deployment', 'deployments', true),
  new ApiResource('apps', 'v1', 'StatefulSet', 'statefulsets', true),
  new ApiResource('apps', 'v1', 'DaemonSet', 'daemonsets', true),
  new ApiResource('batch', 'v1', 'Job', 'jobs', true),
  new ApiResource('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', 'customresourcedefinitions', false),
  new ApiResource('example.com', 'v1', 'Thing', 'things', true),
];

/**
 * Objects that are given, for what is decided by them: a client that finds them, and keeps what is written. What the API server makes of a write
 * is not to be seen here: that is tested with one, in test/cluster.
 */
export class GivenCluster {
  private readonly objects = new Map<string, KubeObject>();
  /** Paths of what was deleted, and applied or patched, in order. */
  readonly deleted: string[] = [];
  readonly written: string[] = [];
  readonly client = this.newClient() as unknown as KubeClient;

  constructor(...objects: KubeObject[]) {
    objects.forEach(object => this.add(object));
  }

  /** Called at every question about one object, or several. */
  onRead: (path: string) => void = () => undefined;
  /** What a controller makes of what was written. */
  onWrite: (object: KubeObject) => void = () => undefined;

  at(path: string): KubeObject | undefined {
    this.onRead(path);
    return this.objects.get(path);
  }

  add(object: KubeObject): void {
    const resource = SERVED.find(({ apiVersion, kind }) => apiVersion === object.apiVersion && kind === object.kind)!;
    const path = resource.path(object.metadata.namespace ?? '', object.metadata.name);
    this.objects.set(path, { ...object, metadata: { uid: `uid of ${path}`, ...object.metadata } });
  }

  /** It is there no more; nobody of us asked for it. */
  lose(path: string): void {
    this.objects.delete(path);
  }

  private newClient(): object {
    return {
      deadline: Date.now() + 60_000,
      patience: 1000,
      discovery: { findAny, knows: () => true },
      get: async (resource: ApiResource, namespace: string, name: string) => this.at(resource.path(namespace, name)),
      list: async (resource: ApiResource, namespace: string, { selector = '', limit = Infinity } = {}) =>
        this.below(resource.path(namespace), selector).slice(0, limit),
      apply: async (resource: ApiResource, object: KubeObject) =>
        this.write(resource.path(object.metadata.namespace ?? '', object.metadata.name), object),
      patch: async (resource: ApiResource, namespace: string, name: string, body: any) =>
        this.write(resource.path(namespace, name), Array.isArray(body) ? this.patched(resource.path(namespace, name), body) : body),
      delete: async (resource: ApiResource, namespace: string, name: string) => this.remove(resource.path(namespace, name)),
      request: async (_method: string, path: string, { query: { labelSelector } }: any) => {
        this.below(path, labelSelector).forEach(object => this.remove(`${path}/${object.metadata.name}`));
      },
    };
  }

  private below(path: string, selector: string): KubeObject[] {
    this.onRead(path);
    const terms = selector.split(',').filter(Boolean).map(term => term.split('='));
    const fits = ({ labels }: KubeObject['metadata']) =>
      terms.every(([label, value]) => value === undefined ? labels?.[label] !== undefined : labels?.[label] === value);
    return [...this.objects].filter(([at]) => at.startsWith(`${path}/`) && !at.slice(path.length + 1).includes('/'))
      .map(([, object]) => object).filter(({ metadata }) => fits(metadata));
  }

  private write(path: string, body: any): KubeObject {
    this.written.push(path);
    const before = this.objects.get(path);
    const object = {
      ...before,
      ...body,
      data: body.data ? { ...before?.data, ...body.data } : before?.data,
      metadata: { uid: `uid of ${path}`, ...before?.metadata, ...body.metadata, labels: { ...before?.metadata.labels, ...body.metadata?.labels } },
    };
    this.onWrite(object);
    this.objects.set(path, object);
    return object;
  }

  /** By a JSON patch that replaces values, its tests taken for granted. */
  private patched(path: string, operations: { op: string; path: string; value: unknown }[]): KubeObject {
    const object = structuredClone(this.objects.get(path)!);
    for (const { path: pointer, value } of operations.filter(({ op }) => op === 'replace')) {
      const keys = pointer.split('/').slice(1).map(key => key.replaceAll('~1', '/'));
      keys.slice(0, -1).reduce((part, key) => part[key], object as any)[keys.at(-1)!] = value;
    }
    return object;
  }

  private remove(path: string): boolean {
    this.deleted.push(path);
    return this.objects.delete(path) || true;
  }
}

async function findAny(group: string, version: string, kind: string): Promise<ApiResource | undefined> {
  const same = SERVED.filter(resource => resource.group === group && resource.kind === kind);
  return same.find(resource => resource.version === version) ?? same[0];
}

export interface RevisionOptions {
  /** @default 'deployed' */
  readonly status?: string;
  /** Hash of the owner. */
  readonly owner?: string;
  readonly manifest?: string;
  /** How helm has applied it: `ssa` or `csa`. */
  readonly method?: string;
}

/** What helm has written down of a revision of a release in the namespace `shop`. */
export function revision(release: string, version: number, more: RevisionOptions = {}): KubeObject {
  const content = { name: release, version, manifest: more.manifest ?? '', apply_method: more.method };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `sh.helm.release.v1.${release}.v${version}`,
      namespace: 'shop',
      labels: {
        owner: 'helm',
        name: release,
        version: String(version),
        status: more.status ?? 'deployed',
        ...more.owner ? { 'eks-slipway/owner': more.owner } : {},
      },
    },
    data: { release: Buffer.from(gzipSync(JSON.stringify(content)).toString('base64')).toString('base64') },
  };
}

/** What stands in such a Secret, as helm reads it. */
export function contentOf(secret: KubeObject): any {
  return JSON.parse(gunzipSync(Buffer.from(Buffer.from(secret.data.release, 'base64').toString('utf8'), 'base64')).toString('utf8'));
}
