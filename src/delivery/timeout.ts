import { Duration } from 'aws-cdk-lib';

/** One invocation of the function has 15 minutes, of which it keeps one to undo and to answer. */
const LONGEST = Duration.minutes(14);

/** The `Timeout` property of a delivered thing, in seconds. */
export function checkTimeout(timeout?: Duration): string | undefined {
  if (timeout === undefined || timeout.isUnresolved()) {
    return timeout && `${timeout.toSeconds()}`;
  }
  const seconds = timeout.toSeconds({ integral: false });
  if (seconds < 1 || seconds > LONGEST.toSeconds()) {
    throw new Error(`"timeout" is ${timeout.toHumanString()}: give one between 1 second and ${LONGEST.toMinutes()} minutes`);
  }
  return `${Math.ceil(seconds)}`;
}
