import { isPlainObject } from '../private/sort-keys';

const BARE_KEY = /^[A-Za-z0-9_-]+$/;

/**
 * Nested settings as TOML, in the part of it that EKS understands when it merges Bottlerocket's user data: no quotes within
 * strings, no quoted keys in headers.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export function toToml(settings: Record<string, any>): string {
  return tables([], settings).join('\n');
}

function tables(path: string[], table: Record<string, any>): string[] {
  const entries = Object.entries(table).filter(([, value]) => value !== undefined).sort(([a], [b]) => a < b ? -1 : 1);
  const values = entries.filter(([, value]) => !isPlainObject(value));
  const lines = values.map(([key, value]) => `${BARE_KEY.test(key) ? key : `"${key}"`} = ${literal([...path, key], value)}`);
  if (lines.length > 0 && path.length > 0) {
    lines.unshift(`[${path.join('.')}]`);
  }
  for (const [key, value] of entries.filter(([, v]) => isPlainObject(v))) {
    if (!BARE_KEY.test(key)) {
      throw new Error(`"${prop([...path, key])}" is a table: EKS cannot read the header of a table with a key like "${key}", give letters, digits, "-" and "_"`);
    }
    lines.push(...tables([...path, key], value));
  }
  return lines;
}

function literal(path: string[], value: any): string {
  if (Array.isArray(value)) {
    return `[${value.map(item => literal(path, item)).join(', ')}]`;
  }
  if (typeof value === 'string') {
    if (/["\\\n]/.test(value)) {
      throw new Error(`"${prop(path)}" has a quote, backslash or line break, which EKS cannot read in Bottlerocket's settings: give text without`);
    }
    return `"${value}"`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new Error(`"${prop(path)}" is ${value === null ? 'null' : `a ${typeof value}`}: give a string, number, boolean, list or table`);
}

/** Where a user wrote it. */
function prop([, ...path]: string[]): string {
  return ['bottlerocketSettings', ...path].join('.');
}
