import { withoutUndefined } from './common';
import { Notes } from './migration-note';
import { checkNodeLabelKey } from '../charts/karpenter-labels';

/** Annotations of nodes, in which v1 has one where there were two. */
export function nodeAnnotations(annotations: Record<string, string> | undefined, field: string, notes: Notes): Record<string, string> | undefined {
  return annotations && Object.fromEntries(Object.entries(annotations).map(([key, value]) => {
    if (!/^karpenter\.sh\/do-not-(evict|consolidate)$/.test(key)) {
      return [key, value];
    }
    notes.changed(`${field}.${key}`, 'is called karpenter.sh/do-not-disrupt, and holds up every voluntary disruption');
    return ['karpenter.sh/do-not-disrupt', value];
  }));
}

/** Labels of nodes, without those that v1 refuses. */
export function nodeLabels(labels: Record<string, string> | undefined, field: string, notes: Notes): Record<string, string> | undefined {
  return labels && Object.fromEntries(Object.entries(labels).filter(([key, value]) => isAllowed(key, `${field}.${key}`, notes, value)));
}

/** Requirements, without those on labels that v1 refuses. */
export function nodeRequirements(requirements: any[] = [], notes: Notes, field: string): any[] {
  return requirements
    .filter(requirement => isAllowed(requirement.key, field, notes, `${requirement.operator} ${(requirement.values ?? []).join(', ')}`))
    // The rules of v1 read the values of every requirement, so that an empty list must not be left out.
    .map(({ key, operator, values = [], minValues }) => withoutUndefined({ key, operator, values, minValues }));
}

function isAllowed(key: string, field: string, notes: Notes, value: string): boolean {
  try {
    checkNodeLabelKey(field, key);
    return true;
  } catch {
    notes.dropped(field, `${key} (${value.trim()}): v1 refuses this label`);
    notes.decide(field, key === 'karpenter.sh/provisioner-name'
      ? 'what selects nodes by karpenter.sh/provisioner-name must select them by karpenter.sh/nodepool'
      : `without ${key} the pool may launch nodes that it ruled out, and pods that ask for the label find none: say it by another label`);
    return false;
  }
}

/** Taints as they were; a key of Karpenter's own is told of. */
export function nodeTaints(taints: any[] | undefined, field: string, notes: Notes): any[] | undefined {
  return taints?.map(({ timeAdded, ...taint }) => {
    if (taint.key === 'karpenter.sh/disruption') {
      notes.changed(field, 'the taint karpenter.sh/disruption is called karpenter.sh/disrupted');
      return { ...taint, key: 'karpenter.sh/disrupted' };
    }
    return taint;
  });
}
