/** What a taint does to pods that do not tolerate it. */
export enum NodeTaintEffect {
  /** They are not scheduled here. */
  NO_SCHEDULE = 'NoSchedule',
  /** They are scheduled here only when there is no other node. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** They are not scheduled here, and evicted if they run here. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * A taint of nodes.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface NodeTaint {
  /** The key: `NAME` or `PREFIX/NAME`. */
  readonly key: string;

  /**
   * The value.
   *
   * @default - no value
   */
  readonly value?: string;

  /** What it does to pods that do not tolerate it. */
  readonly effect: NodeTaintEffect;
}
