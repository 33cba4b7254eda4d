import { mergeValues } from '../private/merge-values';

/**
 * Values of Helm charts, for add-ons of your own.
 */
export class HelmValues {
  /**
   * Merges values as Helm does, and as every add-on here does: maps deeply, everything else by replacement. A value of `null` removes
   * the chart's default.
   *
   * @param defaults the add-on's own values
   * @param own the user's; they win
   */
  public static merge(defaults: { [key: string]: any }, own?: { [key: string]: any }): { [key: string]: any } {
    return mergeValues(defaults, own);
  }

  private constructor() {}
}
