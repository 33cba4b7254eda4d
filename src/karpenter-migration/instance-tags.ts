import { Notes } from './migration-note';

/** Tags of instances, without those that Karpenter sets itself. */
export function instanceTags(tags: Record<string, string> | undefined, notes: Notes): Record<string, string> | undefined {
  const reserved = /^(eks:eks-cluster-name|kubernetes\.io\/cluster.*|karpenter\.sh\/(nodepool|nodeclaim|provisioner-name|managed-by)|karpenter\.k8s\.aws\/ec2nodeclass)$/;
  const kept = Object.entries(tags ?? {}).filter(([key]) => {
    if (reserved.test(key)) {
      notes.dropped(`spec.tags.${key}`, 'Karpenter sets this tag itself, and v1 refuses it');
    }
    return !reserved.test(key);
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
