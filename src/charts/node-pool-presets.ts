import { Duration } from 'aws-cdk-lib';
import { KarpenterDuration } from './karpenter-duration';
import { ConsolidationPolicy } from './node-disruption';
import { NodeLabel } from './node-label';
import { NodePoolOptions } from './node-pool';
import { CapacityType, NodeArchitecture, NodeOperatingSystem, NodeRequirement } from './node-requirement';
import { NodeTaintEffect } from './node-taint';

/**
 * Options of node pools that most platforms have. What is given wins: of `requirements` one of the same label takes the place of the
 * preset's, `taints` are added to its own, everything else is replaced. None has `limits`: give them.
 *
 * All but `windows` fit pools of EKS Auto Mode too.
 *
 * @example
 * declare const karpenter: addons.Karpenter;
 * karpenter.addNodePool('Spot', charts.NodePoolPresets.spotWithFallback({ limits: { cpu: '200' } }));
 */
export class NodePoolPresets {
  /** On-Demand Instances of x86_64 that suit most workloads: compute, general purpose and memory, of the fifth generation or newer. */
  public static general(options?: NodePoolOptions): NodePoolOptions {
    return withOptions({ requirements: [onDemand(), amd64(), ...usual(4)] }, options);
  }

  /** As `general`, on Spot Instances where there are any and on demand where not; of at least five instance families at any time. */
  public static spotWithFallback(options?: NodePoolOptions): NodePoolOptions {
    return withOptions({
      requirements: [spotOrOnDemand(), amd64(), ...usual(4), NodeLabel.INSTANCE_FAMILY.exists().withMinValues(5)],
    }, options);
  }

  /** On-Demand Instances of Graviton2 or newer. Images of all pods must be made for arm64. */
  public static graviton(options?: NodePoolOptions): NodePoolOptions {
    return withOptions({ requirements: [onDemand(), NodeRequirement.architectures(NodeArchitecture.ARM64), ...usual(5)] }, options);
  }

  /**
   * Instances with GPUs of NVIDIA, for pods that tolerate the taint `nvidia.com/gpu`; they go when they are empty. For a limit of GPUs give
   * `limits: { 'nvidia.com/gpu': '8' }`.
   */
  public static gpu(options?: NodePoolOptions): NodePoolOptions {
    return withOptions({
      requirements: [onDemand(), amd64(), NodeLabel.INSTANCE_GPU_MANUFACTURER.oneOf('nvidia'), NodeLabel.INSTANCE_GPU_COUNT.greaterThan(0)],
      taints: [{ key: 'nvidia.com/gpu', effect: NodeTaintEffect.NO_SCHEDULE }],
      consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY,
    }, options);
  }

  /**
   * On-Demand Instances with Windows, for pods that tolerate the taint `os=windows`. The node class needs an image of Windows
   * (`AmiAlias.windows2022()`). They start slowly, so that they go when they have been empty for half an hour.
   */
  public static windows(options?: NodePoolOptions): NodePoolOptions {
    return withOptions({
      requirements: [onDemand(), amd64(), NodeRequirement.operatingSystems(NodeOperatingSystem.WINDOWS), ...usual(4)],
      taints: [{ key: 'os', value: 'windows', effect: NodeTaintEffect.NO_SCHEDULE }],
      consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY,
      consolidateAfter: KarpenterDuration.of(Duration.minutes(30)),
    }, options);
  }

  /**
   * Spot Instances, on demand where there are none, for jobs that tolerate the taint `dedicated=batch`. Nodes are not emptied to save cost:
   * they go a minute after their last job.
   */
  public static batch(options?: NodePoolOptions): NodePoolOptions {
    return withOptions({
      requirements: [spotOrOnDemand(), amd64(), ...usual(4), NodeLabel.INSTANCE_FAMILY.exists().withMinValues(5)],
      taints: [dedicatedTo('batch')],
      consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY,
      consolidateAfter: KarpenterDuration.of(Duration.minutes(1)),
    }, options);
  }

  /**
   * On-Demand Instances for pods that tolerate the taint `dedicated=critical` and are not to be moved to save cost. At most one node is
   * disrupted at a time.
   */
  public static critical(options?: NodePoolOptions): NodePoolOptions {
    return withOptions({
      requirements: [onDemand(), amd64(), ...usual(4)],
      taints: [dedicatedTo('critical')],
      consolidationPolicy: ConsolidationPolicy.WHEN_EMPTY,
      consolidateAfter: KarpenterDuration.of(Duration.hours(1)),
      disruptionBudgets: [{ nodes: '1' }],
    }, options);
  }

  private constructor() {}
}

const onDemand = () => NodeRequirement.capacityTypes(CapacityType.ON_DEMAND);
const spotOrOnDemand = () => NodeRequirement.capacityTypes(CapacityType.SPOT, CapacityType.ON_DEMAND);
const amd64 = () => NodeRequirement.architectures(NodeArchitecture.AMD64);
const usual = (generation: number) => [NodeRequirement.instanceCategories('c', 'm', 'r'), NodeRequirement.instanceGenerationGreaterThan(generation)];
const dedicatedTo = (value: string) => ({ key: 'dedicated', value, effect: NodeTaintEffect.NO_SCHEDULE });

function withOptions(preset: NodePoolOptions, options: NodePoolOptions = {}): NodePoolOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const keys = (options.requirements ?? []).map(({ key }) => key);
  return {
    ...preset,
    ...given,
    requirements: [...(preset.requirements ?? []).filter(({ key }) => !keys.includes(key)), ...options.requirements ?? []],
    ...preset.taints ? { taints: [...preset.taints, ...options.taints ?? []] } : {},
  };
}
