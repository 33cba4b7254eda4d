import { Notes } from './migration-note';

export const NODE_POOL = { apiVersion: 'karpenter.sh/v1', kind: 'NodePool' };
export const NODE_CLASS = { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass' };

/** Stands where a value is needed that only the user knows. */
export const REPLACE_ME = 'REPLACE-ME';

/** A NodePool on its way: its kubelet has no place in v1, it goes to the node class. */
export interface MigratedPool {
  readonly object: any;
  readonly kubelet?: any;
  readonly notes: Notes;
}

/** The objects without what the API server or Karpenter has written into them. */
export function migratedMetadata({ name, labels, annotations }: any = {}): any {
  const own = Object.entries(annotations ?? {}).filter(([key]) => !/^kubectl\.kubernetes\.io\/|^karpenter(\.k8s\.aws|\.sh)\/.*-hash(-version)?$/.test(key));
  return withoutUndefined({ name, labels, annotations: own.length > 0 ? Object.fromEntries(own) : undefined });
}

export function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** Names the fields of a spec that a migration does not know, so that none is lost silently. */
export function tellUnknown(spec: any, known: string[], prefix: string, notes: Notes): void {
  for (const key of Object.keys(spec ?? {}).filter(field => !known.includes(field))) {
    notes.decide(`${prefix}.${key}`, `is no field that this migration knows: ${JSON.stringify(spec[key])} is left out`);
  }
}
