import { Tokenization } from 'aws-cdk-lib';
import { NodeRequirement, RequirementOperator } from './node-requirement';

/**
 * A label of nodes that a NodePool can make a requirement of.
 *
 * The labels of instances are those of Karpenter's own node class; a pool of EKS Auto Mode gets Auto Mode's in their place.
 *
 * @see https://karpenter.sh/docs/concepts/scheduling/#well-known-labels
 */
export class NodeLabel {
  /** How the node is paid for: `spot`, `on-demand`, `reserved`. */
  public static readonly CAPACITY_TYPE = NodeLabel.of('karpenter.sh/capacity-type');
  /** Architecture of the CPU: `amd64`, `arm64`. */
  public static readonly ARCHITECTURE = NodeLabel.of('kubernetes.io/arch');
  /** Operating system: `linux`, `windows`. */
  public static readonly OPERATING_SYSTEM = NodeLabel.of('kubernetes.io/os');
  /** Build of Windows: `10.0.20348` for Windows Server 2022. */
  public static readonly WINDOWS_BUILD = NodeLabel.of('node.kubernetes.io/windows-build');
  /** Availability zone, by name: `eu-west-1a`. */
  public static readonly ZONE = NodeLabel.of('topology.kubernetes.io/zone');
  /** Availability zone, by the id that is the same in all accounts: `euw1-az1`. */
  public static readonly ZONE_ID = NodeLabel.of('topology.k8s.aws/zone-id');
  /** Instance type: `m8g.large`. */
  public static readonly INSTANCE_TYPE = NodeLabel.of('node.kubernetes.io/instance-type');
  /** The letters before the generation: `c`, `m`, `r`. */
  public static readonly INSTANCE_CATEGORY = NodeLabel.instance('instance-category');
  /** Instance family: `m8g`. */
  public static readonly INSTANCE_FAMILY = NodeLabel.instance('instance-family');
  /** The number in the family: 8 of `m8g`. */
  public static readonly INSTANCE_GENERATION = NodeLabel.instance('instance-generation');
  /** Instance size: `large`, `2xlarge`. */
  public static readonly INSTANCE_SIZE = NodeLabel.instance('instance-size');
  /** Number of vCPUs. */
  public static readonly INSTANCE_CPU = NodeLabel.instance('instance-cpu');
  /** Who made the CPU: `aws`, `intel`, `amd`. */
  public static readonly INSTANCE_CPU_MANUFACTURER = NodeLabel.instance('instance-cpu-manufacturer');
  /** Sustained clock speed of the CPU in MHz. Not on EKS Auto Mode. */
  public static readonly INSTANCE_CPU_SUSTAINED_CLOCK_SPEED_MHZ = NodeLabel.instance('instance-cpu-sustained-clock-speed-mhz');
  /** Memory in MiB. */
  public static readonly INSTANCE_MEMORY = NodeLabel.instance('instance-memory');
  /** Bandwidth to EBS in Mbit/s. */
  public static readonly INSTANCE_EBS_BANDWIDTH = NodeLabel.instance('instance-ebs-bandwidth');
  /** Baseline bandwidth of the network in Mbit/s. */
  public static readonly INSTANCE_NETWORK_BANDWIDTH = NodeLabel.instance('instance-network-bandwidth');
  /** Disks in the instance itself, in GiB. */
  public static readonly INSTANCE_LOCAL_NVME = NodeLabel.instance('instance-local-nvme');
  /** Hypervisor: `nitro`, `xen`. Bare metal has none. */
  public static readonly INSTANCE_HYPERVISOR = NodeLabel.instance('instance-hypervisor');
  /** Whether traffic between instances is encrypted by the network: `true`, `false`. */
  public static readonly INSTANCE_ENCRYPTION_IN_TRANSIT_SUPPORTED = NodeLabel.instance('instance-encryption-in-transit-supported');
  /** Whether it is a Flex instance: `true`, `false`. Not on EKS Auto Mode. */
  public static readonly INSTANCE_CAPABILITY_FLEX = NodeLabel.instance('instance-capability-flex');
  /** Tenancy: `default`, `dedicated`. Not on EKS Auto Mode. */
  public static readonly INSTANCE_TENANCY = NodeLabel.instance('instance-tenancy');
  /** Name of the GPU: `l4`, `h100`. */
  public static readonly INSTANCE_GPU_NAME = NodeLabel.instance('instance-gpu-name');
  /** Who made the GPU: `nvidia`, `amd`. */
  public static readonly INSTANCE_GPU_MANUFACTURER = NodeLabel.instance('instance-gpu-manufacturer');
  /** Number of GPUs. */
  public static readonly INSTANCE_GPU_COUNT = NodeLabel.instance('instance-gpu-count');
  /** Memory of a GPU in MiB. */
  public static readonly INSTANCE_GPU_MEMORY = NodeLabel.instance('instance-gpu-memory');
  /** Name of the accelerator: `inferentia2`, `trainium`. Not on EKS Auto Mode. */
  public static readonly INSTANCE_ACCELERATOR_NAME = NodeLabel.instance('instance-accelerator-name');
  /** Who made the accelerator: `aws`. Not on EKS Auto Mode. */
  public static readonly INSTANCE_ACCELERATOR_MANUFACTURER = NodeLabel.instance('instance-accelerator-manufacturer');
  /** Number of accelerators. Not on EKS Auto Mode. */
  public static readonly INSTANCE_ACCELERATOR_COUNT = NodeLabel.instance('instance-accelerator-count');
  /** The capacity reservation that the node is in. Not on EKS Auto Mode. */
  public static readonly CAPACITY_RESERVATION_ID = NodeLabel.instance('capacity-reservation-id');
  /** Kind of the capacity reservation: `default`, `capacity-block`. Not on EKS Auto Mode. */
  public static readonly CAPACITY_RESERVATION_TYPE = NodeLabel.instance('capacity-reservation-type');
  /** Whether the owner of the capacity reservation may take it back: `true`, `false`. */
  public static readonly CAPACITY_RESERVATION_INTERRUPTIBLE = NodeLabel.instance('capacity-reservation-interruptible');
  /** The placement group that the node is in. Not on EKS Auto Mode. */
  public static readonly PLACEMENT_GROUP_ID = NodeLabel.instance('placement-group-id');
  /** The partition of the placement group. Not on EKS Auto Mode. */
  public static readonly PLACEMENT_GROUP_PARTITION = NodeLabel.instance('placement-group-partition');

  /**
   * Any label, such as one of your own.
   *
   * @param key `NAME` or `PREFIX/NAME`
   */
  public static of(key: string): NodeLabel {
    return new NodeLabel(key, (operator, values) => NodeRequirement.of(key, operator, values));
  }

  private static instance(label: string): NodeLabel {
    return new NodeLabel(`karpenter.k8s.aws/${label}`, (operator, values) => NodeRequirement._instance(label, operator, values));
  }

  /** The key of the label, as Karpenter's own node class has it. */
  public readonly key: string;

  private readonly requirement: (operator: RequirementOperator, values: string[]) => NodeRequirement;

  private constructor(key: string, requirement: (operator: RequirementOperator, values: string[]) => NodeRequirement) {
    this.key = key;
    this.requirement = requirement;
  }

  /** The label has one of these values. */
  public oneOf(...values: string[]): NodeRequirement {
    return this.requirement(RequirementOperator.IN, values);
  }

  /** The label has none of these values, or is not there. */
  public noneOf(...values: string[]): NodeRequirement {
    return this.requirement(RequirementOperator.NOT_IN, values);
  }

  /** The label is there. */
  public exists(): NodeRequirement {
    return this.requirement(RequirementOperator.EXISTS, []);
  }

  /** The label is not there. */
  public doesNotExist(): NodeRequirement {
    return this.requirement(RequirementOperator.DOES_NOT_EXIST, []);
  }

  /** The label is a number above this one. */
  public greaterThan(value: number): NodeRequirement {
    return this.requirement(RequirementOperator.GREATER_THAN, [Tokenization.stringifyNumber(value)]);
  }

  /** The label is a number below this one. */
  public lessThan(value: number): NodeRequirement {
    return this.requirement(RequirementOperator.LESS_THAN, [Tokenization.stringifyNumber(value)]);
  }

  /** The label is at least this number. */
  public atLeast(value: number): NodeRequirement {
    return this.requirement(RequirementOperator.GREATER_THAN_OR_EQUAL, [Tokenization.stringifyNumber(value)]);
  }

  /** The label is at most this number. */
  public atMost(value: number): NodeRequirement {
    return this.requirement(RequirementOperator.LESS_THAN_OR_EQUAL, [Tokenization.stringifyNumber(value)]);
  }
}
