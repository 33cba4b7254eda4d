/**
 * What instances in a warm pool do while they wait.
 */
export enum WarmPoolState {
  /** They are stopped: only their volumes cost. */
  STOPPED = 'STOPPED',

  /** They run, at full cost. */
  RUNNING = 'RUNNING',

  /** They are hibernated: their memory is kept on the volume. Not on Bottlerocket. */
  HIBERNATED = 'HIBERNATED',
}

/**
 * Instances that have booted already and wait beside a node group.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/warm-pools-managed-node-groups.html
 */
export interface WarmPool {
  /**
   * Whether there is a warm pool. EKS keeps a pool that is no longer mentioned: turn this off to remove one.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The least number of instances that wait.
   *
   * @default 0
   */
  readonly minSize?: number;

  /**
   * The greatest number of instances, those in the node group and those that wait together.
   *
   * @default - the node group's maximum size
   */
  readonly maxGroupPreparedCapacity?: number;

  /**
   * What instances do while they wait.
   *
   * @default WarmPoolState.STOPPED
   */
  readonly poolState?: WarmPoolState;

  /**
   * Whether instances go back to the pool when the node group shrinks. Not on Bottlerocket.
   *
   * @default false
   */
  readonly reuseOnScaleIn?: boolean;
}
