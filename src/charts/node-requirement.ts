import { Token, Tokenization } from 'aws-cdk-lib';
import { AUTO_MODE_DOMAIN, checkNodeLabelKey, checkNodeLabelValue, hasNames, INSTANCE_LABELS, KARPENTER_DOMAIN } from './karpenter-labels';
import { checkInteger } from '../private/check-number';
import { checkLabelValue } from '../private/kubernetes-names';

/** How a node is paid for. */
export enum CapacityType {
  /** Spot Instances. */
  SPOT = 'spot',
  /** On-Demand Instances. */
  ON_DEMAND = 'on-demand',
  /** Capacity reservations and capacity blocks that the node class selects. */
  RESERVED = 'reserved',
}

/** The architecture of a node's CPU, as Kubernetes names it. */
export enum NodeArchitecture {
  /** x86_64. */
  AMD64 = 'amd64',
  /** Graviton. */
  ARM64 = 'arm64',
}

/** The operating system of a node. */
export enum NodeOperatingSystem {
  /** Linux. */
  LINUX = 'linux',
  /** Windows. */
  WINDOWS = 'windows',
}

/** How a requirement's values are compared with a node's label. */
export enum RequirementOperator {
  /** The label has one of the values. */
  IN = 'In',
  /** The label has none of the values. */
  NOT_IN = 'NotIn',
  /** The label is there. */
  EXISTS = 'Exists',
  /** The label is not there. */
  DOES_NOT_EXIST = 'DoesNotExist',
  /** The label is a number above the value. */
  GREATER_THAN = 'Gt',
  /** The label is a number below the value. */
  LESS_THAN = 'Lt',
  /** The label is a number of at least the value; Karpenter 1.9 or later. */
  GREATER_THAN_OR_EQUAL = 'Gte',
  /** The label is a number of at most the value; Karpenter 1.9 or later. */
  LESS_THAN_OR_EQUAL = 'Lte',
}

const NUMERIC = [
  RequirementOperator.GREATER_THAN,
  RequirementOperator.LESS_THAN,
  RequirementOperator.GREATER_THAN_OR_EQUAL,
  RequirementOperator.LESS_THAN_OR_EQUAL,
];

/** The largest number that a comparison takes: a signed integer of 64 bits. */
const MOST = BigInt('9223372036854775807');

/**
 * What the nodes of a NodePool have to be. A pool launches only what meets all of its requirements.
 *
 * These are the labels that most pools need; `NodeLabel` has all of them, with every comparison.
 *
 * @see https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements
 */
export class NodeRequirement {
  /** Spot, On-Demand or reserved capacity; of several, Karpenter prefers reserved, then Spot. */
  public static capacityTypes(...types: CapacityType[]): NodeRequirement {
    return NodeRequirement.of('karpenter.sh/capacity-type', RequirementOperator.IN, types);
  }

  /** The CPU architectures. */
  public static architectures(...architectures: NodeArchitecture[]): NodeRequirement {
    return NodeRequirement.of('kubernetes.io/arch', RequirementOperator.IN, architectures);
  }

  /** The operating systems. Not on EKS Auto Mode, which has Linux only. */
  public static operatingSystems(...systems: NodeOperatingSystem[]): NodeRequirement {
    return NodeRequirement.of('kubernetes.io/os', RequirementOperator.IN, systems);
  }

  /** The availability zones, by name: `eu-west-1a`. */
  public static zones(...zones: string[]): NodeRequirement {
    return NodeRequirement.of('topology.kubernetes.io/zone', RequirementOperator.IN, zones);
  }

  /** The instance types: `m8g.large`. */
  public static instanceTypes(...types: string[]): NodeRequirement {
    return NodeRequirement.of('node.kubernetes.io/instance-type', RequirementOperator.IN, types);
  }

  /** The instance categories, the letters before the generation: `c`, `m`, `r`. */
  public static instanceCategories(...categories: string[]): NodeRequirement {
    return NodeRequirement._instance('instance-category', RequirementOperator.IN, categories);
  }

  /** The instance families: `m8g`. */
  public static instanceFamilies(...families: string[]): NodeRequirement {
    return NodeRequirement._instance('instance-family', RequirementOperator.IN, families);
  }

  /** The instance sizes: `large`, `2xlarge`. */
  public static instanceSizes(...sizes: string[]): NodeRequirement {
    return NodeRequirement._instance('instance-size', RequirementOperator.IN, sizes);
  }

  /** Instance generations newer than this one: 5 allows `m6i` and `m7g`, but not `m5`. */
  public static instanceGenerationGreaterThan(generation: number): NodeRequirement {
    return NodeRequirement._instance('instance-generation', RequirementOperator.GREATER_THAN, [Tokenization.stringifyNumber(generation)]);
  }

  /**
   * Any requirement.
   *
   * @param key a label of the node, Karpenter's or your own
   * @param operator how the values are compared
   * @param values none for `EXISTS` and `DOES_NOT_EXIST`, one whole number for the comparisons, at least one for the rest
   */
  public static of(key: string, operator: RequirementOperator, values?: string[]): NodeRequirement {
    return new NodeRequirement(key, operator, values ?? [], false);
  }

  /**
   * A requirement of a label of instances, whose domain depends on the node class.
   *
   * @internal
   */
  public static _instance(label: string, operator: RequirementOperator, values: string[]): NodeRequirement {
    return new NodeRequirement(`${KARPENTER_DOMAIN}/${label}`, operator, values, true);
  }

  /** A label of the node. Of a label of instances, as Karpenter's own node class has it: a pool of EKS Auto Mode gets Auto Mode's. */
  public readonly key: string;

  /** How the values are compared with the label. */
  public readonly operator: RequirementOperator;

  /** The values that the label is compared with. */
  public readonly values: string[];

  /** How many of the values have to be possible at the same time: undefined for no such floor. */
  public readonly minValues?: number;

  private readonly ofInstances: boolean;

  private constructor(key: string, operator: RequirementOperator, values: string[], ofInstances: boolean, minValues?: number) {
    checkNodeLabelKey('requirements', key);
    checkValues(key, operator, values);
    if (minValues !== undefined) {
      checkInteger(`requirements.${key}.minValues`, minValues, 1, 50);
      if (operator === RequirementOperator.IN && values.length < minValues) {
        throw new Error(`"minValues" of requirement "${key}" is ${minValues} but there are ${values.length} values: give at least ${minValues} values`);
      }
    }
    this.key = key;
    this.operator = operator;
    this.values = values;
    this.minValues = minValues;
    this.ofInstances = ofInstances;
  }

  /**
   * The same requirement, met only while at least this many different values are possible: a pool then stays flexible
   * enough for Spot.
   *
   * @param minValues from 1 to 50
   */
  public withMinValues(minValues: number): NodeRequirement {
    return new NodeRequirement(this.key, this.operator, this.values, this.ofInstances, minValues);
  }

  /**
   * The label as node classes of this API group have it.
   *
   * @internal
   */
  public _keyOf(group: string): string {
    const label = this.key.split('/')[1];
    return this.ofInstances && group === AUTO_MODE_DOMAIN && INSTANCE_LABELS[label].autoMode ? `${AUTO_MODE_DOMAIN}/${label}` : this.key;
  }
}

function checkValues(key: string, operator: RequirementOperator, values: string[]) {
  values.forEach(value => checkLabelValue(`requirements.${key}`, value));
  const count = values.length;
  if (NUMERIC.includes(operator)) {
    if (count !== 1 || !isWholeNumber(values[0])) {
      throw new Error(`requirement "${key} ${operator}" has ${listed(values)}: give exactly one whole number that is not negative`);
    }
    if (hasNames(key)) {
      throw new Error(`requirement "${key} ${operator}" compares numbers, but the values of this label are none: give "${RequirementOperator.IN}" and the values`);
    }
  } else if (operator === RequirementOperator.IN || operator === RequirementOperator.NOT_IN) {
    if (count === 0) {
      throw new Error(`requirement "${key} ${operator}" has no values: give at least one`);
    }
    values.forEach(value => checkNodeLabelValue('requirements', key, value));
  } else if (count > 0) {
    throw new Error(`requirement "${key} ${operator}" has ${listed(values)}: leave them out, this operator takes no values`);
  }
}

function isWholeNumber(value: string): boolean {
  return Token.isUnresolved(value) || (/^\d+$/.test(value) && BigInt(value) <= MOST);
}

function listed(values: string[]): string {
  return values.length === 0 ? 'no values' : values.map(value => `"${value}"`).join(', ');
}
