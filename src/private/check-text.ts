import { Token } from 'aws-cdk-lib';

/** A check of a text that hands it back or throws. A token is let through. */
export function checkText(prop: string, value: string, ok: boolean, rule: string): string {
  if (Token.isUnresolved(value) || ok) {
    return value;
  }
  throw new Error(`"${prop}" is "${value}": give ${rule}`);
}
