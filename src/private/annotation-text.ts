import { Fn, Token } from 'aws-cdk-lib';
import { sortKeys } from './sort-keys';

/** A list as the load balancer controller reads it: `a,b,c`. */
export function listText(values?: string[]): string | undefined {
  if (!values || values.length === 0) {
    return undefined;
  }
  // A list known only at deploy time has to be joined then.
  return Token.isUnresolved(values) ? Fn.join(',', values) : values.join(',');
}

/** A map as the load balancer controller reads it: `a=1,b=2`. There is no way to write a comma, so it is refused. */
export function mapText(prop: string, map: Record<string, string> = {}): string | undefined {
  const pairs = Object.entries(sortKeys(map)).map(([key, value]) => {
    if (key === '' || hasAny(key, ',=')) {
      throw new Error(`"${prop}" has the key "${key}": give a key without "," and "="`);
    }
    if (typeof value !== 'string') {
      throw new Error(`"${prop}.${key}" is ${value}: give text, or leave it out`);
    }
    if (hasAny(value, ',')) {
      throw new Error(`"${prop}" has "${key}" with the value "${value}": give a value without ","`);
    }
    return `${key}=${value}`;
  });
  return listText(pairs);
}

function hasAny(text: string, characters: string): boolean {
  return !Token.isUnresolved(text) && [...characters].some(character => text.includes(character));
}
