/**
 * The same value with the keys of every object in it sorted. Languages hand maps over in different orders;
 * a template must not depend on that.
 */
export function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(sortKeys) as T;
  }
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.keys(value).sort().map(key => [key, sortKeys(value[key])])) as T;
  }
  return value;
}

/** Whether a value is an object literal: tokens, constructs and other instances are not. */
export function isPlainObject(value: unknown): value is Record<string, any> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
