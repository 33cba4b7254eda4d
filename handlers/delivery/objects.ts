/** Any Kubernetes object, as JSON. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: any;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  deletionTimestamp?: string;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  [field: string]: any;
}

/** Which object: no version, because one object is served under several. */
export interface ObjectId {
  readonly group: string;
  readonly kind: string;
  /** Empty for what lies in no namespace. */
  readonly namespace: string;
  readonly name: string;
}

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

export function idOf(object: KubeObject): ObjectId {
  return { group: groupOf(object.apiVersion), kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
}

/** `apps/Deployment/shop/web`; the core group is called `core`. */
export function keyOf(id: ObjectId): string {
  return [id.group || 'core', id.kind, id.namespace, id.name].join('/');
}

/** `Deployment shop/web`, for people. */
export function describe(id: ObjectId): string {
  return `${id.kind} ${id.namespace ? `${id.namespace}/` : ''}${id.name}`;
}

/** Kinds whose fields must never be repeated in an error or a log. */
export function isSecret(id: { group: string; kind: string }): boolean {
  return id.group === '' && id.kind === 'Secret';
}

/** Lists flattened, everything checked that makes an object deliverable. */
export function flatten(values: unknown): KubeObject[] {
  if (!Array.isArray(values)) {
    throw new Error('the manifest is not a JSON array of Kubernetes objects');
  }
  const objects: KubeObject[] = [];
  const add = (value: any, position: string) => {
    if (value === null || typeof value !== 'object') {
      throw new Error(`${position} of the manifest is not an object`);
    }
    if (typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') {
      throw new Error(`${position} of the manifest has no "apiVersion" or no "kind"`);
    }
    if (value.kind.endsWith('List') && Array.isArray(value.items)) {
      value.items.forEach((item: unknown, i: number) => add(item, `item ${i} of the ${value.kind} that is ${position}`));
      return;
    }
    if (typeof value.metadata?.name !== 'string' || value.metadata.name === '') {
      const reason = value.metadata?.generateName ? '"generateName" makes a new object at every delivery' : 'it has no "metadata.name"';
      throw new Error(`${value.kind} (${position} of the manifest) cannot be delivered, ${reason}: give it a "metadata.name"`);
    }
    objects.push(value);
  };
  values.forEach((value, i) => add(value, `object ${i}`));
  return objects;
}
