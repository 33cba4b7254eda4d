import { Token } from 'aws-cdk-lib';
import { checkLabelKey } from '../private/kubernetes-names';

/** The labels of Karpenter's AWS provider that a pool may name; the rest of their domain is its own. */
const WELL_KNOWN = new Set([
  'capacity-reservation-id', 'capacity-reservation-interruptible', 'capacity-reservation-type', 'ec2nodeclass',
  'instance-accelerator-count', 'instance-accelerator-manufacturer', 'instance-accelerator-name', 'instance-capability-flex',
  'instance-category', 'instance-cpu', 'instance-cpu-manufacturer', 'instance-cpu-sustained-clock-speed-mhz',
  'instance-ebs-bandwidth', 'instance-encryption-in-transit-supported', 'instance-family', 'instance-generation',
  'instance-gpu-count', 'instance-gpu-manufacturer', 'instance-gpu-memory', 'instance-gpu-name', 'instance-hypervisor',
  'instance-local-nvme', 'instance-memory', 'instance-network-bandwidth', 'instance-size', 'instance-tenancy',
  'placement-group-id', 'placement-group-partition',
].map(label => `karpenter.k8s.aws/${label}`));

/** A check of a label that a NodePool gives to its nodes or requires of them. */
export function checkNodeLabelKey(prop: string, key: string): string {
  if (Token.isUnresolved(key)) {
    return key;
  }
  checkLabelKey(prop, key);
  const domain = key.includes('/') ? key.split('/')[0] : '';
  if (key === 'kubernetes.io/hostname') {
    throw new Error(`"${prop}" has "${key}", a different one on every node: remove it`);
  }
  if (domain.endsWith('karpenter.sh') && key !== 'karpenter.sh/capacity-type') {
    throw new Error(`"${prop}" has "${key}": Karpenter keeps its domain to itself, "karpenter.sh/capacity-type" aside; give a label of a domain of yours`);
  }
  if (domain.endsWith('karpenter.k8s.aws') && !WELL_KNOWN.has(key)) {
    throw new Error(`"${prop}" has "${key}", which Karpenter does not know: give one of ${[...WELL_KNOWN].join(', ')}, or a label of a domain of yours`);
  }
  return key;
}
