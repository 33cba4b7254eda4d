import { Token } from 'aws-cdk-lib';
import { checkLabelKey } from '../private/kubernetes-names';

/** The domain of Karpenter's labels of instances, which is the group of its node class. */
export const KARPENTER_DOMAIN = 'karpenter.k8s.aws';

/** The domain of the same labels on EKS Auto Mode, which is the group of its node class. */
export const AUTO_MODE_DOMAIN = 'eks.amazonaws.com';

/** What is known of a label of instances. */
interface InstanceLabel {
  /** Whether its values are whole numbers, so that they can be compared. */
  readonly numeric?: boolean;
  /** All the values that there are. */
  readonly values?: string[];
  /** Whether EKS Auto Mode has it, in its own domain. */
  readonly autoMode?: boolean;
}

const YES_OR_NO = ['true', 'false'];

/**
 * The labels of Karpenter's AWS provider that a pool may name; the rest of their domain is its own.
 *
 * @see https://karpenter.sh/docs/concepts/scheduling/#well-known-labels
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html
 */
export const INSTANCE_LABELS: Record<string, InstanceLabel> = {
  'capacity-reservation-id': {},
  'capacity-reservation-interruptible': { values: YES_OR_NO, autoMode: true },
  'capacity-reservation-type': { values: ['default', 'capacity-block'] },
  'instance-accelerator-count': { numeric: true },
  'instance-accelerator-manufacturer': {},
  'instance-accelerator-name': {},
  'instance-capability-flex': { values: YES_OR_NO },
  'instance-category': { autoMode: true },
  'instance-cpu': { numeric: true, autoMode: true },
  'instance-cpu-manufacturer': { autoMode: true },
  'instance-cpu-sustained-clock-speed-mhz': { numeric: true },
  'instance-ebs-bandwidth': { numeric: true, autoMode: true },
  'instance-encryption-in-transit-supported': { values: YES_OR_NO, autoMode: true },
  'instance-family': { autoMode: true },
  'instance-generation': { numeric: true, autoMode: true },
  'instance-gpu-count': { numeric: true, autoMode: true },
  'instance-gpu-manufacturer': { autoMode: true },
  'instance-gpu-memory': { numeric: true, autoMode: true },
  'instance-gpu-name': { autoMode: true },
  'instance-hypervisor': { autoMode: true },
  'instance-local-nvme': { numeric: true, autoMode: true },
  'instance-memory': { numeric: true, autoMode: true },
  'instance-network-bandwidth': { numeric: true, autoMode: true },
  'instance-size': { autoMode: true },
  'instance-tenancy': { values: ['default', 'dedicated'] },
  'placement-group-id': {},
  'placement-group-partition': { numeric: true },
};

/** All values of the labels that have few, wherever the nodes come from. */
const KNOWN_VALUES: Record<string, string[]> = {
  'karpenter.sh/capacity-type': ['on-demand', 'reserved', 'spot'],
  'kubernetes.io/arch': ['amd64', 'arm64'],
  'kubernetes.io/os': ['linux', 'windows'],
  ...Object.fromEntries(Object.entries(INSTANCE_LABELS).flatMap(([name, { values }]) => values
    ? [[`${KARPENTER_DOMAIN}/${name}`, values], [`${AUTO_MODE_DOMAIN}/${name}`, values]]
    : [])),
};

/** Labels whose values are names, which no number is above or below. */
const NAMES = new Set([
  ...Object.keys(KNOWN_VALUES), 'node.kubernetes.io/instance-type', 'topology.k8s.aws/zone-id', 'topology.kubernetes.io/zone', 'topology.kubernetes.io/region',
  ...Object.entries(INSTANCE_LABELS).filter(([, { numeric }]) => !numeric).flatMap(([name]) => [`${KARPENTER_DOMAIN}/${name}`, `${AUTO_MODE_DOMAIN}/${name}`]),
]);

/** A check of a label that a NodePool gives to its nodes or requires of them: as the API's own rules, and what the controller refuses later. */
export function checkNodeLabelKey(prop: string, key: string): string {
  if (Token.isUnresolved(key)) {
    return key;
  }
  checkLabelKey(prop, key);
  if (key.length > 316) {
    throw new Error(`"${prop}" has "${key}" of ${key.length} characters: give at most 316`);
  }
  // A key without a prefix counts as a domain too: so do the API's rules.
  const domain = key.split('/')[0];
  if (key === 'kubernetes.io/hostname') {
    throw new Error(`"${prop}" has "${key}", a different one on every node: remove it`);
  }
  if (domain.endsWith('karpenter.sh') && key !== 'karpenter.sh/capacity-type') {
    throw new Error(`"${prop}" has "${key}": Karpenter keeps its domain to itself, "karpenter.sh/capacity-type" aside; give a label of a domain of yours`);
  }
  if (domain.endsWith(KARPENTER_DOMAIN) && !(domain === KARPENTER_DOMAIN && key.split('/')[1] in INSTANCE_LABELS)) {
    const known = Object.keys(INSTANCE_LABELS).map(name => `${KARPENTER_DOMAIN}/${name}`);
    throw new Error(`"${prop}" has "${key}", which Karpenter does not know: give one of ${known.join(', ')}, or a label of a domain of yours`);
  }
  return key;
}

/** A check of a value of a label that has few values. */
export function checkNodeLabelValue(prop: string, key: string, value: string): string {
  const known = KNOWN_VALUES[key];
  if (known && !Token.isUnresolved(value) && !known.includes(value)) {
    throw new Error(`"${prop}" has "${value}" for "${key}": give one of ${known.map(one => `"${one}"`).join(', ')}`);
  }
  return value;
}

/** Whether the values of a label are known not to be numbers. */
export function hasNames(key: string): boolean {
  return NAMES.has(key);
}

/** A check of a label against the kind of node class: each has a domain of its own. */
export function checkLabelDomain(prop: string, key: string, group: string): string {
  if (Token.isUnresolved(key) || Token.isUnresolved(group)) {
    return key;
  }
  const [domain, name] = key.split('/');
  if (group === AUTO_MODE_DOMAIN) {
    if (key === 'kubernetes.io/os' || key === 'node.kubernetes.io/windows-build') {
      throw new Error(`"${prop}" has "${key}", but EKS Auto Mode has nodes of Linux only: remove it`);
    }
    if (domain === KARPENTER_DOMAIN) {
      const fix = INSTANCE_LABELS[name]?.autoMode ? `give "${AUTO_MODE_DOMAIN}/${name}"` : 'EKS Auto Mode has no such label, remove it';
      throw new Error(`"${prop}" has "${key}" of Karpenter's own node class, but the pool is one of EKS Auto Mode: ${fix}`);
    }
  } else if (domain === AUTO_MODE_DOMAIN && (name in INSTANCE_LABELS || name === 'compute-type')) {
    const fix = name in INSTANCE_LABELS ? `give "${KARPENTER_DOMAIN}/${name}"` : 'remove it';
    throw new Error(`"${prop}" has "${key}" of EKS Auto Mode, but the pool's node class is of "${group}": ${fix}`);
  }
  return key;
}

/** Whether a label stands in Auto Mode's domain and is none that its documentation names. */
export function isUnknownToAutoMode(key: string): boolean {
  const [domain, name] = key.split('/');
  return domain === AUTO_MODE_DOMAIN && name !== 'compute-type' && !INSTANCE_LABELS[name]?.autoMode;
}
