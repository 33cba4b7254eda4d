import { Token } from 'aws-cdk-lib';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { NodeAmi } from './node-ami';
import { NodeRepair } from './node-repair';
import { WarmPool, WarmPoolState } from './warm-pool';
import { checkInteger } from '../private/check-number';
import { checkText } from '../private/check-text';

/** The sizes as they are given. */
export interface Sizes {
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly desiredSize?: number;
  readonly autoscaled?: boolean;
}

export function scalingConfig(sizes: Sizes): CfnNodegroup.ScalingConfigProperty & { maxSize: number } {
  const minSize = checkInteger('minSize', sizes.minSize ?? 2, 0);
  const desiredSize = checkInteger('desiredSize', sizes.desiredSize ?? minSize, 0);
  const maxSize = checkInteger('maxSize', sizes.maxSize ?? (Token.isUnresolved(desiredSize) ? desiredSize : Math.max(1, minSize, desiredSize)), 1);
  checkOrder('minSize', minSize, 'maxSize', maxSize);
  checkOrder('desiredSize', desiredSize, 'maxSize', maxSize);
  checkOrder('minSize', minSize, 'desiredSize', desiredSize);
  if (sizes.autoscaled && sizes.desiredSize !== undefined) {
    throw new Error(`"desiredSize" is ${sizes.desiredSize} and "autoscaled" is true: leave one out, every update would undo what the autoscaler did`);
  }
  return { minSize, maxSize, desiredSize: sizes.autoscaled ? undefined : desiredSize };
}

/** How many nodes an update may take away. */
export interface Update {
  readonly maxUnavailable?: number;
  readonly maxUnavailablePercentage?: number;
  readonly updateStrategy?: string;
}

export function updateConfig(update: Update): CfnNodegroup.UpdateConfigProperty | undefined {
  checkEitherOr(update, 'maxUnavailable', 'maxUnavailablePercentage', 100);
  const { maxUnavailable, maxUnavailablePercentage, updateStrategy } = update;
  return maxUnavailable ?? maxUnavailablePercentage ?? updateStrategy
    ? { maxUnavailable, maxUnavailablePercentage, updateStrategy }
    : undefined;
}

export function nodeRepairConfig(repair: NodeRepair = {}): CfnNodegroup.NodeRepairConfigProperty {
  checkEitherOr(repair, 'maxUnhealthyNodeThresholdCount', 'maxUnhealthyNodeThresholdPercentage');
  checkEitherOr(repair, 'maxParallelNodesRepairedCount', 'maxParallelNodesRepairedPercentage');
  return {
    enabled: repair.enabled ?? true,
    maxUnhealthyNodeThresholdCount: repair.maxUnhealthyNodeThresholdCount,
    maxUnhealthyNodeThresholdPercentage: repair.maxUnhealthyNodeThresholdPercentage,
    maxParallelNodesRepairedCount: repair.maxParallelNodesRepairedCount,
    maxParallelNodesRepairedPercentage: repair.maxParallelNodesRepairedPercentage,
    nodeRepairConfigOverrides: repair.overrides?.map(({ nodeMonitoringCondition, nodeUnhealthyReason, minRepairWaitTime, repairAction }, index) => ({
      nodeMonitoringCondition: checkText(`nodeRepair.overrides[${index}].nodeMonitoringCondition`, nodeMonitoringCondition, /^\S+$/, 'a condition of the node monitoring agent, such as "NetworkingReady"'),
      nodeUnhealthyReason: checkText(`nodeRepair.overrides[${index}].nodeUnhealthyReason`, nodeUnhealthyReason, /^\S+$/, 'a reason of that condition, such as "InterfaceNotUp"'),
      minRepairWaitTimeMins: checkInteger(`nodeRepair.overrides[${index}].minRepairWaitTime`, minRepairWaitTime.toMinutes({ integral: false }), 1, Infinity, 'minutes'),
      repairAction,
    })),
  };
}

export function warmPoolConfig(ami: NodeAmi, pool?: WarmPool, capacityType?: eks.CapacityType): CfnNodegroup.WarmPoolConfigProperty | undefined {
  if (!pool || pool.enabled === false) {
    return pool && { enabled: false };
  }
  if (ami.imageId !== undefined) {
    throw new Error('"warmPool" is given with an image of yours: EKS has warm pools only for the images it builds, leave out one of the two');
  }
  if (capacityType === eks.CapacityType.SPOT) {
    throw new Error('"warmPool" is given with "capacityType" SPOT: instances of a warm pool cannot be Spot Instances, leave out one of the two');
  }
  if (ami._family === 'BOTTLEROCKET' && pool.poolState === WarmPoolState.HIBERNATED) {
    throw new Error('"warmPool.poolState" is HIBERNATED, which Bottlerocket cannot: give STOPPED or RUNNING');
  }
  if (ami._family === 'BOTTLEROCKET' && pool.reuseOnScaleIn) {
    throw new Error('"warmPool.reuseOnScaleIn" is true, which EKS refuses with Bottlerocket: leave it out');
  }
  const { minSize, maxGroupPreparedCapacity, poolState, reuseOnScaleIn } = pool;
  if (minSize !== undefined) {
    checkInteger('warmPool.minSize', minSize, 0);
  }
  if (maxGroupPreparedCapacity !== undefined) {
    checkInteger('warmPool.maxGroupPreparedCapacity', maxGroupPreparedCapacity, 1);
    checkOrder('warmPool.minSize', minSize ?? 0, 'warmPool.maxGroupPreparedCapacity', maxGroupPreparedCapacity);
  }
  return { enabled: true, minSize, maxGroupPreparedCapacity, poolState, reuseOnScaleIn };
}

function checkOrder(lowProp: string, low: number, highProp: string, high: number): void {
  if (!Token.isUnresolved(low) && !Token.isUnresolved(high) && low > high) {
    throw new Error(`"${highProp}" is ${high} but "${lowProp}" is ${low}: give a "${highProp}" of at least ${low}`);
  }
}

/** A number or a percentage, not both. */
function checkEitherOr<T extends object>(values: T, count: keyof T & string, percentage: keyof T & string, maxCount?: number): void {
  const [number, percent] = [values[count], values[percentage]] as (number | undefined)[];
  if (number !== undefined && percent !== undefined) {
    throw new Error(`"${count}" is ${number} and "${percentage}" is ${percent}: give one of them`);
  }
  if (number !== undefined) {
    checkInteger(count, number, 1, maxCount);
  }
  if (percent !== undefined) {
    checkInteger(percentage, percent, 1, 100);
  }
}
