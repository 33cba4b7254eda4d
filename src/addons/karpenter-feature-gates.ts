import { mergeValues } from '../private/merge-values';
import { sortKeys } from '../private/sort-keys';

/** The gates of a release: those that the user sets, and those that its pools and classes turn out to need. */
export class FeatureGates {
  private readonly needed: Record<string, boolean> = {};

  /** @param given what the user sets; it wins */
  constructor(private readonly given: Record<string, any>) {}

  /**
   * Switches on what something needs.
   *
   * @param what the pool or class, for an error
   * @param gates names as the chart writes them: `staticCapacity`
   */
  public require(what: string, gates: string[]): void {
    for (const gate of gates) {
      if (String(this.given[gate]) === 'false') {
        throw new Error(`${what} needs Karpenter's feature gate "${gate}", but "featureGates.${gate}" is false: leave it out, or what needs it`);
      }
      this.needed[gate] = true;
    }
  }

  /** Called when the values of the release are written at synth, after all pools were added. */
  public toJSON(): Record<string, any> {
    return sortKeys(mergeValues(this.needed, this.given));
  }
}
