import { Duration, Token } from 'aws-cdk-lib';

/** A check of a whole number in a range that hands it back or throws. */
export function checkInteger(prop: string, value: number, min: number, max = Infinity, unit?: string): number {
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max)) {
    return value;
  }
  throw new Error(unit === undefined
    ? `"${prop}" is ${value}: give a whole number ${range(min, max)}`
    : `"${prop}" is ${value} ${unit}: give whole ${unit} ${range(min, max)}`);
}

/** A check of a duration in whole seconds, its range in seconds too. */
export function checkSeconds(prop: string, duration: Duration, min: number, max = Infinity): Duration {
  const seconds = duration.toSeconds({ integral: false });
  if (Token.isUnresolved(seconds) || (Number.isInteger(seconds) && seconds >= min && seconds <= max)) {
    return duration;
  }
  throw new Error(`"${prop}" is ${seconds} seconds: give whole seconds ${range(min, max)}`);
}

function range(min: number, max: number): string {
  return max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
}
