/** Items that have the key of an earlier one, each with the last of these. */
export function* repeats<T>(items: T[], keyOf: (item: T) => unknown[]): Iterable<[again: T, before: T]> {
  const seen = new Map<string, T>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const before = seen.get(key);
    if (before !== undefined) {
      yield [item, before];
    }
    seen.set(key, item);
  }
}
