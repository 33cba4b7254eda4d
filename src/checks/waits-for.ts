import { Resource } from './resource';
import { dependencies } from '../private/template-graph';

/** Whether CloudFormation makes one resource only after another of the same template, directly or through others. */
export function waitsFor({ template, logicalId }: Resource, other: Resource): boolean {
  const graph = dependencies(template.content as any);
  const seen = new Set<string>();
  const pending = [logicalId];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const next of graph.get(id) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        pending.push(next);
      }
    }
  }
  return template === other.template && seen.has(other.logicalId);
}
