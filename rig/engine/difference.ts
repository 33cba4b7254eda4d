/**
 * The paths at which two sets of properties differ, such as `['KubernetesNetworkConfig', 'IpFamily']`. A list is one value.
 */
export function differences(before: any, after: any, path: string[] = []): string[][] {
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(key => differences(before[key], after[key], [...path, key]));
  }
  return isSame(before, after) ? [] : [path];
}

/** Equal but for the order of keys. */
export function isSame(a: any, b: any): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every(key => key in b && isSame(a[key], b[key]));
  }
  return a === b;
}

function isObject(value: unknown): value is { [key: string]: any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
