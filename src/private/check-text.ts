import { Token } from 'aws-cdk-lib';

/** A check of a text, if there is one, that hands it back or throws. A token is let through. */
export function checkText<T extends string | undefined>(prop: string, value: T, fits: RegExp | ((text: string) => boolean), rule: string): T {
  if (value === undefined || Token.isUnresolved(value) || (fits instanceof RegExp ? fits.test(value) : fits(value))) {
    return value;
  }
  throw new Error(`"${prop}" is "${value}": give ${rule}`);
}
