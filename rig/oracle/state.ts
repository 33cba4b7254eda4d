import { setTimeout as sleep } from 'timers/promises';
import { differencesBetween, Snapshot, takeSnapshot } from './snapshot';
import { isSame } from '../engine/difference';
import { AwsModel } from '../model/aws-model';
import { Thing } from '../model/world';

/** All that is in the account and in its clusters. */
export interface State {
  readonly things: Map<string, Thing['properties']>;
  readonly clusters: Map<string, Snapshot>;
}

const POLL = 500;

export async function takeState({ world, clusters }: AwsModel): Promise<State> {
  const snapshots = await Promise.all([...clusters].map(async ([name, { plane }]) => [name, await takeSnapshot(plane)] as const));
  return { things: new Map(world.all.map(({ type, id, owner, properties }) => [`${type} ${id} of ${owner}`, properties])), clusters: new Map(snapshots) };
}

/** One line for each difference; none if the states are alike, objects in clusters being the very same ones. */
export function differencesOf(before: State, after: State): string[] {
  const lines: string[] = [];
  for (const [key, properties] of before.things) {
    if (!after.things.has(key)) {
      lines.push(`missing: ${key}`);
    } else if (!isSame(properties, after.things.get(key))) {
      lines.push(`changed: ${key}`);
    }
  }
  lines.push(...[...after.things.keys()].filter(key => !before.things.has(key)).map(key => `left over: ${key}`));
  for (const [name, snapshot] of before.clusters) {
    const other = after.clusters.get(name);
    if (other) { lines.push(...differencesBetween(snapshot, other, true).map(line => `in ${name}, ${line}`)); }
  }
  return lines;
}

/** The state once the controllers have nothing more to do. */
export async function settledState(model: AwsModel, patience = 20_000): Promise<State> {
  let last = await takeState(model);
  for (const until = Date.now() + patience; Date.now() < until;) {
    await sleep(POLL * 2);
    const next = await takeState(model);
    if (differencesOf(last, next).length === 0) { return next; }
    last = next;
  }
  return last;
}

/**
 * How the account differs from a state, once it has had time to become alike.
 *
 * @param counts what is worth waiting for
 */
export async function differencesFrom(
  before: State, model: AwsModel, patience = 20_000, counts: (line: string) => boolean = () => true,
): Promise<string[]> {
  for (const until = Date.now() + patience; ; await sleep(POLL)) {
    const differences = differencesOf(before, await takeState(model));
    if (!differences.some(counts) || Date.now() > until) { return differences; }
  }
}
