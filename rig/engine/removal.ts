import { inOrder, reversed } from './in-order';
import { ResourceWork } from './resource-work';
import { ResourceState } from './stack';
import { Step } from './step';

/** Why a resource is to go: which of its policies counts. */
export type Why = 'deleted' | 'replaced' | 'never finished';

export function isKept(state: ResourceState, why: Why): boolean {
  const policy = why === 'replaced' ? state.updateReplacePolicy : state.deletionPolicy;
  return policy === 'Retain' || (policy === 'RetainExceptOnCreate' && why === 'deleted');
}

/** Deletes resources, each after all that depend on it; one that fails holds up only what it depends on. */
export async function removeAll(
  states: ResourceState[], why: (state: ResourceState) => Why, work: ResourceWork, phase: Step['phase'],
  gone: (state: ResourceState, isKept: boolean) => void,
): Promise<Map<string, Error>> {
  // After a replacement there may be two of a logical id.
  const byName = new Map(states.map((state, i) => [`${state.logicalId} ${i}`, state]));
  const named = (logicalId: string) => [...byName].filter(([, state]) => state.logicalId === logicalId).map(([name]) => name);
  const dependents = reversed(name => byName.get(name)!.dependencies.flatMap(named), byName.keys());
  const { failed } = await inOrder(byName.keys(), dependents, async name => {
    const state = byName.get(name)!;
    const stays = isKept(state, why(state));
    if (!stays) { await work.delete(state, phase); }
    gone(state, stays);
  }, 'go on');
  return new Map([...failed].map(([name, error]) => [byName.get(name)!.logicalId, error]));
}
