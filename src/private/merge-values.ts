import { isPlainObject } from './sort-keys';

/**
 * Merge Helm values (or any nested options) as Helm does: objects deeply, everything else by replacement, and the later one
 * wins. `undefined` says nothing; `null` is kept, because Helm takes it as "remove the chart's default".
 */
export function mergeValues(...layers: (Record<string, any> | undefined)[]): Record<string, any> {
  const merged: Record<string, any> = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer ?? {})) {
      if (value === undefined) {
        continue;
      }
      // defineProperty: a key named __proto__ is a key like any other
      Object.defineProperty(merged, key, {
        value: isPlainObject(value) ? mergeValues(isPlainObject(merged[key]) ? merged[key] : undefined, value) : value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return merged;
}
