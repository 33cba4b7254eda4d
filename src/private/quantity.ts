import { Token } from 'aws-cdk-lib';

/*
 * Quantities of the Kubernetes API, such as 250m, 1.5, 512Mi or 2e3.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\d+))?$/;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A check of one quantity, not negative, that hands it back or throws. */
export function checkQuantity(prop: string, quantity: string): string {
  const value = quantityValue(quantity);
  if (value === undefined || value >= 0) {
    return quantity;
  }
  throw new Error(`"${prop}" is "${quantity}": give a quantity that is not negative, such as "250m", "2" or "512Mi"`);
}

/** Every quantity of a map. */
export function checkQuantities(prop: string, quantities: Record<string, string> = {}): Record<string, string> {
  for (const [key, quantity] of Object.entries(quantities)) {
    checkQuantity(`${prop}.${key}`, quantity);
  }
  return quantities;
}

/** Refuses a request above its limit. */
export function checkRequestWithinLimit(requestProp: string, request: string, limitProp: string, limit: string): void {
  const [least, most] = [quantityValue(request), quantityValue(limit)];
  if (least !== undefined && most !== undefined && least > most) {
    throw new Error(`"${requestProp}" is ${request} but "${limitProp}" is ${limit}: give a limit of at least the request`);
  }
}

/** The number that a quantity stands for: undefined for a token, NaN for what is no quantity. */
export function quantityValue(quantity: string): number | undefined {
  if (Token.isUnresolved(quantity)) {
    return undefined;
  }
  const match = QUANTITY.exec(quantity);
  if (!match) {
    return NaN;
  }
  const [, number, suffix = '', exponent] = match;
  if (exponent !== undefined) {
    return Number(number) * 10 ** Number(exponent);
  }
  const binary = BINARY.indexOf(suffix);
  return Number(number) * (binary > 0 ? 1024 ** binary : 1000 ** (DECIMAL.indexOf(suffix) - 3));
}
