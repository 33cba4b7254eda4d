import { Duration } from 'aws-cdk-lib';
import { checkSeconds } from '../private/check-number';
import { goDuration } from '../private/duration-text';

/** A time in a Karpenter object that may also be "never". */
export class KarpenterDuration {
  /** It never happens. */
  public static readonly NEVER = new KarpenterDuration('Never');

  /**
   * After this time.
   *
   * @param duration whole seconds
   */
  public static of(duration: Duration): KarpenterDuration {
    return new KarpenterDuration(goDuration(checkSeconds('duration', duration, 0)));
  }

  /** As Karpenter writes it: `720h`, `1h30m`, `Never`. */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}
