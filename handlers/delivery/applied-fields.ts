import { isSecret, idOf, KubeObject } from './objects';

/** A set of fields as the server keeps it of each manager: `f:` a field, `k:` an item by its keys, `v:` a member by its value, `i:` one by its place. */
interface Fields {
  readonly [path: string]: Fields;
}

/** The object as this field manager has applied it: what others have set in it, and what the server has filled in, is left out. */
export function appliedBy(object: KubeObject, manager: string): KubeObject {
  const sets: Fields[] = (object.metadata.managedFields ?? [])
    .filter((entry: any) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource)
    .map((entry: any) => entry.fieldsV1 ?? {});
  const { metadata, ...rest } = sets.map(set => pick(object, set)).reduce(merge, {});
  const { name, namespace } = object.metadata;
  return {
    ...rest,
    // The server does not know who has set what in a Secret that was given as text.
    ...isSecret(idOf(object)) ? { data: object.data } : {},
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...metadata, name, ...namespace ? { namespace } : {} },
  };
}

function pick(value: any, fields: Fields): any {
  const paths = Object.keys(fields);
  if (paths.length === 0 || value === null || typeof value !== 'object') {
    return value;
  }
  if (Array.isArray(value)) {
    const members = paths.filter(path => path !== '.').map(path => member(value, path, fields[path])).filter(found => found !== undefined);
    return members.sort((a, b) => a.index - b.index).map(({ picked }) => picked);
  }
  return Object.fromEntries(paths.filter(path => path.startsWith('f:') && path.slice(2) in value)
    .map(path => [path.slice(2), pick(value[path.slice(2)], fields[path])]));
}

function member(list: any[], path: string, fields: Fields): { readonly index: number; readonly picked: any } | undefined {
  const wanted = JSON.parse(path.slice(2));
  const index = path.startsWith('i:') ? wanted : list.findIndex(item => path.startsWith('v:')
    ? JSON.stringify(item) === JSON.stringify(wanted)
    : Object.entries(wanted).every(([key, value]) => item?.[key] === value));
  if (list[index] === undefined) {
    return undefined;
  }
  return { index, picked: path.startsWith('k:') ? { ...wanted, ...pick(list[index], fields) } : list[index] };
}

/** One manager has several sets after it has applied in several API versions. */
function merge(one: any, other: any): any {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object' || Array.isArray(one) || Array.isArray(other)) {
    return other ?? one;
  }
  return Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map(key =>
    [key, key in one && key in other ? merge(one[key], other[key]) : one[key] ?? other[key]]));
}
