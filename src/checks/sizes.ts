import { Finding } from './check';

/** What is found of something if its size is too much. */
export interface Size extends Finding {
  readonly size: number;
  /** How much there may be. */
  readonly limit: number;
}

export function tooLarge(sizes: Size[]): Finding[] {
  return sizes.filter(({ size, limit }) => size > limit);
}

/** What takes more than four fifths of what there may be, and not more than all. */
export function nearlyTooLarge(sizes: Size[]): Finding[] {
  return sizes.filter(({ size, limit }) => size > limit * 0.8 && size <= limit);
}
