import { sleep } from './concurrency';
import { CloudFormationEvent } from './events';
import { log, Outcome } from './request';
import { loadSdk, SDK_OPTIONS } from './sdk';

/** Left, of one invocation, for handing the event on. */
const HAND_OVER_RESERVE = 20_000;
/** How much of a list fits into an answer. */
const NAMED = 8;

/** A piece of work that is done by looking, pushing and looking again. */
export interface Step<T> {
  /** What it is about, for people: `load balancers`. */
  readonly what: string;
  /** Pushes once, and returns what is not done yet. It may be called any number of times. */
  round(): Promise<T[]>;
  /** Says why what is left is left. Asked only at the end of the time. */
  explain(left: T[]): string[] | Promise<string[]>;
}

/** The time that one request has, over as many invocations as it takes. */
export class TimeSpan {
  private readonly since: number;

  /** @param lastMoment milliseconds since the epoch at which this invocation must have ended */
  constructor(private readonly event: CloudFormationEvent, private readonly seconds: number, private readonly lastMoment: number) {
    this.since = event.HandedOver?.Since ?? Date.now();
  }

  /** Repeats a step until nothing of it is left. False if that takes another invocation; an error when the time is over. */
  async finish<T>(step: Step<T>): Promise<boolean> {
    const end = this.since + this.seconds * 1000;
    for (let delay = 500, rounds = 0; ; delay = Math.min(5000, delay * 1.5), rounds++) {
      const left = await step.round();
      if (left.length === 0) {
        log(`no ${step.what} left to wait for`);
        return true;
      }
      const next = Date.now() + delay;
      if (end > this.lastMoment && next > this.lastMoment - HAND_OVER_RESERVE) {
        return false;
      }
      if (next > end) {
        throw new Error(`after ${this.seconds} s there are ${step.what} left: ${summary(await step.explain(left))}`);
      }
      if (rounds % 10 === 0) {
        log(`${left.length} ${step.what} left`);
      }
      await sleep(delay);
    }
  }

  /** Lets the function start again with the same event. CloudFormation hears of the last invocation only. */
  async handOver(): Promise<Outcome> {
    const { LambdaClient, InvokeCommand } = loadSdk('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
    const client = new LambdaClient(SDK_OPTIONS);
    try {
      await client.send(new InvokeCommand({
        FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
        InvocationType: 'Event',
        Payload: Buffer.from(JSON.stringify({ ...this.event, HandedOver: { Since: this.since } })),
      }));
    } finally {
      client.destroy();
    }
    return { note: 'it goes on in another invocation', handedOver: true };
  }
}

/** The whole list goes to the log, its beginning to CloudFormation. */
function summary(reasons: string[]): string {
  reasons.forEach(reason => log(`left: ${reason}`));
  return [...reasons.slice(0, NAMED), ...reasons.length > NAMED ? [`and ${reasons.length - NAMED} more (the log names them)`] : []].join('; ');
}
