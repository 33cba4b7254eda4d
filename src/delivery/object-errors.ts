import { Token } from 'aws-cdk-lib';
import { removedApi } from '../catalogue/removed-apis';
import { checkDnsSubdomain, checkLabelKey, checkLabelValue, checkNamespace } from '../private/kubernetes-names';

/** What the API server takes in one request, of an object or of a part of it, in bytes. */
const MOST_OF_OBJECT = 1.5 * 1024 * 1024;
const MOST_OF_DATA = 1024 * 1024;
const MOST_OF_ANNOTATIONS = 256 * 1024;

/** Objects of `kind: List` are what they list. */
export function flatten(objects: any[]): any[] {
  return objects.flatMap(object => object?.kind === 'List' && Array.isArray(object.items) ? flatten(object.items) : [object]);
}

/** Which object it is, whatever its version; undefined where it has no name. */
export function keyOf({ apiVersion, kind, metadata }: any): string | undefined {
  return typeof metadata?.name === 'string' ? [String(apiVersion).replace(/\/?[^/]*$/, ''), kind, metadata.namespace ?? 'default', metadata.name].join('/') : undefined;
}

/** An object as messages name it. */
export function describe({ kind, metadata }: any): string {
  return `${kind} "${[metadata.namespace, metadata.name].filter(Boolean).join('/')}"`;
}

/** What the API server of a Kubernetes version, where that is known, would refuse in the objects of a chart. */
export function objectErrors(objects: any[], version?: string): string[] {
  const errors: string[] = [];
  const seen = new Set<string>();
  if (objects.length === 0) {
    errors.push('"chart" is empty: add an object to it, or remove the AttachedChart');
  }
  objects.forEach((object, index) => {
    const where = `object ${index + 1} of the chart (${object?.apiVersion ?? 'no apiVersion'} ${object?.kind ?? 'no kind'})`;
    for (const field of ['apiVersion', 'kind']) {
      if (typeof object?.[field] !== 'string' || object[field] === '') {
        errors.push(`"${field}" is missing on ${where}: give one, every Kubernetes object has it`);
      }
    }
    const { name, namespace, generateName } = object?.metadata ?? {};
    if (generateName !== undefined) {
      errors.push(`"metadata.generateName" is "${generateName}" on ${where}: give "metadata.name", since an object with a generated name cannot be found again`);
      return;
    }
    if (typeof name !== 'string' || name === '') {
      errors.push(`"metadata.name" is missing on ${where}: give one, every delivered object has it`);
      return;
    }
    if (!Token.isUnresolved(name) && !Token.isUnresolved(namespace)) {
      const key = keyOf(object)!;
      if (seen.has(key)) {
        errors.push(`the chart has ${describe(object)} twice: give one of them another "metadata.name"`);
      }
      seen.add(key);
    }
    errors.push(...metadataErrors(object), ...apiErrors(object, version), ...sizeErrors(object));
  });
  return errors;
}

function metadataErrors(object: any): string[] {
  const { name, namespace, labels = {}, annotations = {} } = object.metadata;
  const errors: string[] = [];
  const attempt = (check: () => unknown) => {
    try {
      check();
    } catch (error) {
      errors.push((error as Error).message);
    }
  };
  /** YAML reads numbers and booleans where the API wants text. */
  const isText = (field: string, value: unknown): value is string => {
    const ok = typeof value === 'string' || Token.isUnresolved(value);
    if (!ok) {
      errors.push(`"${field}" is ${JSON.stringify(value)}: give text, such as "${value}"`);
    }
    return ok;
  };
  if (!hasPathName(object)) {
    attempt(() => isLabel(object) ? checkNamespace('metadata.name', name) : checkDnsSubdomain('metadata.name', name));
  } else if (!Token.isUnresolved(name) && /^\.{1,2}$|[/%]/.test(name)) {
    errors.push(`"metadata.name" is "${name}": give a name without "/" and "%", other than "." and ".."`);
  }
  if (namespace !== undefined) {
    attempt(() => checkNamespace('metadata.namespace', namespace));
  }
  for (const [key, value] of Object.entries(labels)) {
    attempt(() => checkLabelKey('metadata.labels', key));
    attempt(() => isText(`metadata.labels.${key}`, value) && checkLabelValue(`metadata.labels.${key}`, value));
  }
  for (const [key, value] of Object.entries(annotations)) {
    attempt(() => checkLabelKey('metadata.annotations', key));
    isText(`metadata.annotations.${key}`, value);
  }
  return errors.map(error => error.replace(/^("[^"]*")/, `$1 of ${describe(object)}`));
}

/** Kinds whose names are only parts of paths. */
function hasPathName({ apiVersion }: any): boolean {
  return String(apiVersion).startsWith('rbac.authorization.k8s.io/');
}

/** Kinds whose names are DNS labels. */
function isLabel({ apiVersion, kind }: any): boolean {
  return apiVersion === 'v1' && ['Namespace', 'Service'].includes(kind);
}

function apiErrors(object: any, version?: string): string[] {
  const api = removedApi(object.apiVersion, object.kind, version);
  return api ? [`"apiVersion" of ${describe(object)} is ${object.apiVersion}, which Kubernetes 1.${api.since} removed: give ${api.instead}`] : [];
}

function sizeErrors(object: any): string[] {
  const bytes = (value: unknown) => value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
  const { data, binaryData, stringData, metadata: { annotations } } = object;
  const isData = object.apiVersion === 'v1' && ['ConfigMap', 'Secret'].includes(object.kind);
  const sizes: [what: string, size: number, most: number][] = [
    ['data', isData ? bytes(data) + bytes(binaryData) + bytes(stringData) : 0, MOST_OF_DATA],
    ['metadata.annotations', bytes(annotations), MOST_OF_ANNOTATIONS],
    ['object', bytes(object), MOST_OF_OBJECT],
  ];
  // The first that is too large says it: a part makes the whole too large.
  const [what, size, most] = sizes.find(([, has, limit]) => has > limit) ?? [];
  return what === undefined ? [] : [`"${what}" of ${describe(object)} has ${size} bytes: give at most ${most}, Kubernetes stores no more`];
}
