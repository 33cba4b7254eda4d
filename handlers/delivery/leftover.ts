import { Step } from './hand-over';
import { log } from './request';

/** Something a controller left, and why it is still there. */
export interface Leftover {
  readonly id: string;
  reason?: string;
}

/** It passes when something else is gone: an interface, a rule, an instance. */
const NOT_YET = new Set([
  'DependencyViolation', 'ResourceInUse', 'ResourceInUseException', 'InvalidNetworkInterface.InUse', 'InvalidParameterValue', 'IncorrectState',
  'IncorrectInstanceState', 'VolumeInUse', 'DeleteConflict', 'DeleteConflictException', 'OperationNotPermittedException', 'Throttling',
]);
const IS_GONE = /NotFound|NoSuchEntity/;

/** Removes what `find` finds, until it finds nothing more. */
export function sweepStep<T extends Leftover>(what: string, find: () => Promise<T[]>, remove: (leftover: T) => Promise<void>): Step<T> {
  return {
    what,
    round: async () => {
      const found = await find();
      for (const leftover of found) {
        leftover.reason = await refusal(what, () => remove(leftover), leftover.id);
      }
      return found;
    },
    explain: left => left.map(({ id, reason }) => reason ? `${id} (${reason})` : id),
  };
}

/** Why it cannot be removed yet. */
async function refusal(what: string, remove: () => Promise<void>, id: string): Promise<string | undefined> {
  try {
    await remove();
    log(`removed of ${what}: ${id}`);
    return undefined;
  } catch (e) {
    const { name, message } = e as Error;
    if (IS_GONE.test(name)) {
      return undefined;
    }
    if (NOT_YET.has(name)) {
      return `${name}: ${message}`;
    }
    throw new Error(`of the ${what} that the cluster left, ${id} cannot be removed: ${name}: ${message}`);
  }
}
