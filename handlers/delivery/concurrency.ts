/** How many requests are under way at once; the connections to the API server are as many. */
export const CONCURRENCY = 8;

/** Runs `work` on all items, a few at a time. After a failure nothing new starts; what runs is awaited, then the first error is thrown. */
export async function each<T>(items: readonly T[], work: (item: T) => Promise<void>, limit = CONCURRENCY): Promise<void> {
  const errors: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && errors.length === 0) {
      const item = items[next++];
      try {
        await work(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) {
    throw errors[0];
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
