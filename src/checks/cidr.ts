import { checkCidr } from '../private/cidr';

/** Whether a text is not a CIDR block. */
export function isNoCidr(text: string): boolean {
  try {
    checkCidr('cidr', text);
    return false;
  } catch {
    return true;
  }
}
