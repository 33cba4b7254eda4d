export interface Outcome {
  readonly failed: Map<string, Error>;
  /** What did not start, since something that it waits for failed or all was stopped. */
  readonly skipped: string[];
}

/**
 * Does some work for each name, as many at a time as their order permits.
 *
 * @param waitsFor names outside of `names` do not count
 * @param afterFailure 'stop': nothing new is started after a failure, what runs comes to its end; 'go on' with what does not wait for it
 */
export async function inOrder(
  names: Iterable<string>, waitsFor: (name: string) => Iterable<string>, work: (name: string) => Promise<void>, afterFailure: 'stop' | 'go on',
): Promise<Outcome> {
  const open = new Set(names);
  const done = new Set<string>();
  const all = new Set(open);
  const failed = new Map<string, Error>();
  const running = new Map<string, Promise<void>>();
  for (;;) {
    if (failed.size === 0 || afterFailure === 'go on') {
      const ready = [...open].filter(name => [...waitsFor(name)].every(other => !all.has(other) || done.has(other)));
      for (const name of ready) {
        open.delete(name);
        running.set(name, work(name).then(() => { done.add(name); }, e => { failed.set(name, e); }).finally(() => running.delete(name)));
      }
    }
    if (running.size === 0) {
      return { failed, skipped: [...open] };
    }
    await Promise.race(running.values());
  }
}

/** The graph the other way round: who waits for each. */
export function reversed(graph: (name: string) => Iterable<string>, names: Iterable<string>): (name: string) => Iterable<string> {
  const dependents = new Map<string, Set<string>>();
  for (const name of names) {
    for (const other of graph(name)) {
      dependents.set(other, (dependents.get(other) ?? new Set()).add(name));
    }
  }
  return name => dependents.get(name) ?? [];
}
