import { Duration } from 'aws-cdk-lib';
import { checkSeconds } from '../private/check-number';

/**
 * What becomes of the volumes of PersistentVolumeClaims when the stack is deleted.
 */
export enum TeardownVolumes {
  /** They stay, whoever deletes their claims. Only where a claim is annotated `eks-slipway/on-delete: delete` its own policy counts. */
  RETAIN = 'Retain',

  /**
   * Claims that no pod uses are deleted and their volumes waited for; when the nodes are gone, what the EBS CSI driver left is deleted too.
   * Claims annotated `eks-slipway/on-delete: retain` keep their volumes until then: take a snapshot of what must survive.
   */
  DELETE = 'Delete',
}

/**
 * How long a PodDisruptionBudget may hold a node of Karpenter that is to go.
 */
export class TeardownDisruptionBudgets {
  /**
   * As long as the teardown lasts. A budget that never allows a disruption makes the deletion of the stack fail, with a text that names it.
   */
  public static respect(): TeardownDisruptionBudgets {
    return new TeardownDisruptionBudgets();
  }

  /**
   * For a while; then the pods that are still on such a node are deleted, as Karpenter does at the end of a `terminationGracePeriod`.
   *
   * @param duration whole seconds, counted from the deletion of the node's claim
   */
  public static ignoreAfter(duration: Duration): TeardownDisruptionBudgets {
    return new TeardownDisruptionBudgets(checkSeconds('ignoreAfter', duration, 0, 3300));
  }

  private constructor(
    /** @internal */
    public readonly _ignoreAfter?: Duration,
  ) {}
}

/**
 * Options of the teardown of a platform.
 */
export interface TeardownOptions {
  /**
   * What becomes of the volumes of PersistentVolumeClaims.
   *
   * @default TeardownVolumes.RETAIN
   */
  readonly volumes?: TeardownVolumes;

  /**
   * How long a PodDisruptionBudget may hold a node of Karpenter that is to go.
   *
   * @default TeardownDisruptionBudgets.respect()
   */
  readonly disruptionBudgets?: TeardownDisruptionBudgets;

  /**
   * How long load balancers, volumes and nodes may take to go, and after them what they left in AWS: each from 1 to 55 minutes, since
   * CloudFormation waits one hour. At its end the deletion fails, with a text that names what is left, its finalizers and their controllers.
   *
   * @default Duration.minutes(50)
   */
  readonly timeout?: Duration;
}
