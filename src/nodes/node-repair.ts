import { Duration } from 'aws-cdk-lib';

/**
 * What EKS does with an unhealthy node.
 */
export enum NodeRepairAction {
  /** Terminate it and launch another. */
  REPLACE = 'Replace',

  /** Reboot it. */
  REBOOT = 'Reboot',

  /** Nothing. */
  NO_ACTION = 'NoAction',
}

/**
 * Another action or another wait for one kind of fault.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-health-nma.html
 */
export interface NodeRepairOverride {
  /**
   * The condition that the node monitoring agent reports, such as 'AcceleratedHardwareReady'.
   */
  readonly nodeMonitoringCondition: string;

  /**
   * The reason that it reports, such as 'NvidiaXID31Error'.
   */
  readonly nodeUnhealthyReason: string;

  /**
   * How long the fault must last before EKS acts. Whole minutes, at least one.
   */
  readonly minRepairWaitTime: Duration;

  /**
   * What EKS does.
   */
  readonly repairAction: NodeRepairAction;
}

/**
 * Node auto repair: EKS watches the health of nodes and replaces or reboots the unhealthy ones. The node monitoring agent finds more
 * kinds of faults than the kubelet reports by itself.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-repair.html
 */
export interface NodeRepair {
  /**
   * Whether EKS repairs nodes.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Number of unhealthy nodes above which EKS stops repairing. Not together with the percentage.
   *
   * @default - EKS stops when more than 20% of a group of more than five nodes are unhealthy
   */
  readonly maxUnhealthyNodeThresholdCount?: number;

  /**
   * Percentage of unhealthy nodes, 1 to 100, above which EKS stops repairing. Not together with the count.
   *
   * @default - EKS stops when more than 20% of a group of more than five nodes are unhealthy
   */
  readonly maxUnhealthyNodeThresholdPercentage?: number;

  /**
   * Number of nodes that are repaired at the same time. Not together with the percentage.
   *
   * @default - EKS decides
   */
  readonly maxParallelNodesRepairedCount?: number;

  /**
   * Percentage of the unhealthy nodes, 1 to 100, that are repaired at the same time. Not together with the count.
   *
   * @default - EKS decides
   */
  readonly maxParallelNodesRepairedPercentage?: number;

  /**
   * Other actions and waits for some kinds of faults.
   *
   * @default - EKS's own
   */
  readonly overrides?: NodeRepairOverride[];
}
