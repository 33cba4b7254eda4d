import { Duration } from 'aws-cdk-lib';

/** Which nodes Karpenter may replace or remove to save cost. */
export enum ConsolidationPolicy {
  /** Nodes without pods other than those of DaemonSets. */
  WHEN_EMPTY = 'WhenEmpty',
  /** Empty nodes, and nodes whose pods fit elsewhere or on a cheaper node. */
  WHEN_EMPTY_OR_UNDERUTILIZED = 'WhenEmptyOrUnderutilized',
  /** As the former, where the saving outweighs the disruption; Karpenter 1.14 or later. */
  BALANCED = 'Balanced',
}

/** Why Karpenter disrupts a node. */
export enum DisruptionReason {
  /** Its pods fit elsewhere or on a cheaper node. */
  UNDERUTILIZED = 'Underutilized',
  /** It has no pods. */
  EMPTY = 'Empty',
  /** It is no longer what its NodePool and node class say. */
  DRIFTED = 'Drifted',
}

/** How many nodes Karpenter may disrupt at a time, always or at certain times. */
export interface DisruptionBudget {
  /** The most nodes at a time: a number (`5`; `0` for none) or a share of the pool, rounded up (`10%`). */
  readonly nodes: string;

  /**
   * When the budget begins to hold: five fields of cron (`0 9 * * mon-fri`), or `@daily` and the like, in UTC. Needs `duration`.
   *
   * @default - it always holds
   */
  readonly schedule?: string;

  /**
   * How long it holds from each time of `schedule`, in whole minutes.
   *
   * @default - it always holds
   */
  readonly duration?: Duration;

  /**
   * The reasons it counts for.
   *
   * @default - all of them
   */
  readonly reasons?: DisruptionReason[];
}
