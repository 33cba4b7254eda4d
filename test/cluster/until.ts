import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition, half a minute at most, and says which it was if it does not come to be. */
export async function until(condition: () => unknown): Promise<void> {
  for (const end = Date.now() + 30_000; !await condition(); await sleep(100)) {
    if (Date.now() > end) { throw new Error(`never true: ${condition}`); }
  }
}
