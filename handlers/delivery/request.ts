import { CloudFormationEvent } from './events';
import { KubeClient } from './kube-client';
import { Owner } from './owner';

/** One request of CloudFormation while it is being dealt with. */
export interface Request {
  readonly event: CloudFormationEvent;
  readonly client: KubeClient;
  readonly owner: Owner;
  /** Milliseconds since the epoch: work ends here, so that a failure can still be undone and answered. */
  readonly deadline: number;
  /** Until when undoing may take. */
  readonly lastMoment: number;
}

/** What there is to say at the end of one. */
export interface Outcome {
  readonly note?: string;
  readonly data?: Record<string, string>;
  readonly noEcho?: boolean;
  /** Another invocation goes on with the event, and answers. */
  readonly handedOver?: boolean;
}

export function log(line: string): void {
  console.log(line);
}

/** Logs what was done to an object and how long it took; never what it holds. */
export async function logged<T>(verb: string, object: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  try {
    const result = await work();
    log(`${verb} ${object} ${Date.now() - start} ms`);
    return result;
  } catch (error) {
    log(`${verb} ${object} failed after ${Date.now() - start} ms`);
    throw error;
  }
}

export function isTrue(value: unknown, fallback: boolean): boolean {
  return value === undefined || value === '' ? fallback : String(value).toLowerCase() === 'true';
}

/** Seconds, also with the unit that helm wants: `900s`. */
export function seconds(value: unknown, fallback: number): number {
  const number = Number(String(value ?? '').replace(/s$/, '') || fallback);
  if (!Number.isFinite(number) || number <= 0) {
    throw new Error(`"Timeout" is "${value}": give a number of seconds`);
  }
  return number;
}
