import { Notes } from './migration-note';

const NODE_POOL = { apiVersion: 'karpenter.sh/v1', kind: 'NodePool' };
export const NODE_CLASS = { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass' };

/** Stands where a value is needed that only the user knows. */
export const REPLACE_ME = 'REPLACE-ME';

/** A NodePool on its way: its kubelet has no place in v1, it goes to the node class. */
export interface MigratedPool {
  readonly object: any;
  readonly kubelet?: any;
  readonly notes: Notes;
}

/** What the old objects say of a pool, in the terms of v1. */
export interface PoolParts {
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  /** The spec of the pool's template of nodes. */
  readonly nodes: object;
  readonly disruption: any;
  readonly limits?: any;
  readonly weight?: number;
}

/** A NodePool of v1, without what the old object did not say. */
export function nodePool(metadata: any, { labels, annotations, nodes, disruption, limits, weight }: PoolParts): any {
  return {
    ...NODE_POOL,
    metadata: migratedMetadata(metadata),
    spec: withoutUndefined({
      template: withoutUndefined({
        metadata: labels || annotations ? withoutUndefined({ labels, annotations }) : undefined,
        spec: withoutUndefined(nodes),
      }),
      disruption,
      limits,
      weight,
    }),
  };
}

/** Says what is new about nodes that expire. */
export function tellExpiry(field: string, notes: Notes): void {
  notes.decide(field, 'an expired node is drained at once in v1, whether its pods fit elsewhere or not and without regard to disruption budgets of the pool; '
    + 'without a terminationGracePeriod PodDisruptionBudgets can hold it up for ever');
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
