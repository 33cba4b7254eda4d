import { Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { checkText } from '../private/check-text';
import { checkLabelKey, checkLabels, checkLabelValue } from '../private/kubernetes-names';

/** A check of the labels that a node group gives to its nodes. */
export function checkNodeLabels(labels: Record<string, string> = {}): Record<string, string> {
  checkLabels('labels', labels);
  for (const key of Object.keys(labels)) {
    const [, domain] = /^(.+)\//.exec(key) ?? [];
    if (domain && isReserved(domain)) {
      throw new Error(`"labels" has "${key}": EKS and the kubelet keep the domain "${domain}" to themselves, nodes with such a label do not join; `
        + 'give a domain of yours, or "node.kubernetes.io"');
    }
  }
  return labels;
}

/**
 * What EKS refuses in managed node groups though Kubernetes takes it: labels without a value, and long keys.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
export function checkManaged(labels: Record<string, string>, taints: eks.TaintSpec[]): void {
  for (const [key, value] of Object.entries(labels)) {
    checkText(`labels.${key}`, value, /./, 'a value, EKS takes no label of a managed node group without');
    checkText('labels', key, text => text.length <= 63, 'keys of at most 63 characters with their prefix, EKS takes no longer ones');
  }
  taints.forEach(({ key }, index) =>
    checkText(`taints[${index}].key`, key, text => text.length <= 63, 'at most 63 characters with the prefix, EKS takes no longer keys'));
}

/** A check of the taints that a node group gives to its nodes. */
export function checkTaints(taints: eks.TaintSpec[] = []): eks.TaintSpec[] {
  const seen = new Set<string>();
  taints.forEach(({ key, value, effect }, index) => {
    const prop = `taints[${index}]`;
    if (!key || !effect) {
      throw new Error(`"${prop}" has no "${key ? 'effect' : 'key'}": give both "key" and "effect"`);
    }
    checkLabelKey(`${prop}.key`, key);
    checkLabelValue(`${prop}.value`, value ?? '');
    const id = `${key}:${effect}`;
    if (seen.has(id) && !Token.isUnresolved(key)) {
      throw new Error(`"taints" has "${key}" with ${effect} twice: give each pair of key and effect once`);
    }
    seen.add(id);
  });
  if (taints.length > 50) {
    throw new Error(`"taints" has ${taints.length} taints: give at most 50`);
  }
  return taints;
}

/** Taints as the kubelet writes them: key=value:NoSchedule. */
export function kubeletTaint({ key, value = '', effect }: eks.TaintSpec): string {
  const effects = { NO_SCHEDULE: 'NoSchedule', PREFER_NO_SCHEDULE: 'PreferNoSchedule', NO_EXECUTE: 'NoExecute' };
  return `${key}=${value}:${effects[effect!]}`;
}

/** The domains that NodeRestriction and EKS refuse; it leaves node.kubernetes.io and kubelet.kubernetes.io to users. */
function isReserved(domain: string): boolean {
  const within = (parent: string) => domain === parent || domain.endsWith(`.${parent}`);
  return domain === 'eks.amazonaws.com'
    || ((within('kubernetes.io') || within('k8s.io')) && !within('node.kubernetes.io') && !within('kubelet.kubernetes.io'));
}
