import { loggedLines } from './logged-lines';
import { timeByWaiting } from './scripted-client';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { Step, TimeSpan } from '../../handlers/delivery/hand-over';
import { AwsStandIn } from '../cluster/aws-stand-in';

const event = { RequestType: 'Delete', LogicalResourceId: 'Drain', RequestId: 'r' } as CloudFormationEvent;
const START = 1_000_000;
const logs = loggedLines();

/** A step that has so much left in each round, and in all that follow. */
function step(...left: string[][]): Step<string> & { rounds: number } {
  return {
    what: 'load balancers',
    rounds: 0,
    async round() {
      this.rounds++;
      return left.length > 1 ? left.shift()! : left[0];
    },
    explain: names => names.map(name => `${name} has a finalizer`),
  };
}

describe('a step', () => {
  test('of which nothing is left is done at once', async () => {
    const { waits } = timeByWaiting(START);
    const done = step([]);
    expect(await new TimeSpan(event, 0, START).finish(done)).toBe(true);
    expect([done.rounds, waits, logs]).toEqual([1, [], ['no load balancers left to wait for']]);
  });

  test('is repeated until nothing is left, often at first, then every five seconds; every tenth time the log says how much is left', async () => {
    const { waits } = timeByWaiting(START);
    const slow = step(...Array(12).fill(['a', 'b']), ['b'], []);
    expect(await new TimeSpan(event, 600, START + 900_000).finish(slow)).toBe(true);
    expect(waits.slice(0, 3)).toEqual([500, 750, 1125]);
    expect(waits.slice(6)).toEqual(Array(7).fill(5000));
    expect(logs).toEqual(['2 load balancers left', '2 load balancers left', 'no load balancers left to wait for']);
  });

  test('is looked at a last time at the end of the time itself', async () => {
    const { waits } = timeByWaiting(START);
    expect(await new TimeSpan(event, 0.5, START + 900_000).finish(step(['a'], []))).toBe(true);
    expect(waits).toEqual([500]);
  });

  test('that is not done when the time is over is an error that says what is left, and why', async () => {
    const { now } = timeByWaiting(START);
    const time = new TimeSpan(event, 60, START + 900_000);
    await expect(time.finish(step(['a', 'b']))).rejects.toThrow(/^after 60 s there are load balancers left: a has a finalizer; b has a finalizer$/);
    expect(now() - START).toBeLessThanOrEqual(60_000);
    expect(now() - START).toBeGreaterThan(55_000);
    expect(logs.slice(-2)).toEqual(['left: a has a finalizer', 'left: b has a finalizer']);
  });

  test.each([[8, ''], [10, '; and 2 more \\(the log names them\\)']])('of what is left, %d in number, eight are named, and all in the log', async (count, more) => {
    timeByWaiting(START);
    const left = Array.from({ length: count }, (_, i) => `lb-${i}`);
    await expect(new TimeSpan(event, 0, START + 900_000).finish(step(left))).rejects.toThrow(new RegExp(`left: lb-0 has a finalizer; .*lb-7 has a finalizer${more}$`));
    expect(logs).toEqual(left.map(name => `left: ${name} has a finalizer`));
  });
});

describe('an invocation', () => {
  test('that ends before the time does stops twenty seconds early, to hand over', async () => {
    const { now } = timeByWaiting(START);
    expect(await new TimeSpan(event, 3000, START + 100_000).finish(step(['a']))).toBe(false);
    expect(now() - START).toBeLessThanOrEqual(80_000);
    expect(now() - START).toBeGreaterThan(75_000);
  });

  test('goes on to the very moment at which it has to hand over', async () => {
    timeByWaiting(START);
    expect(await new TimeSpan(event, 3000, START + 20_500).finish(step(['a'], []))).toBe(true);
    expect(await new TimeSpan(event, 3000, START + 20_499).finish(step(['a'], []))).toBe(false);
  });

  test('in which the time ends uses all of it', async () => {
    const { now } = timeByWaiting(START);
    await expect(new TimeSpan(event, 100, START + 100_000).finish(step(['a']))).rejects.toThrow('after 100 s');
    expect(now() - START).toBeGreaterThan(95_000);
  });

  test('whose last round takes too long hands over still: the time is not over', async () => {
    const { pass } = timeByWaiting(START);
    const slow: Step<string> = {
      ...step(['a']),
      round: async () => {
        pass(105_000);
        return ['a'];
      },
    };
    expect(await new TimeSpan(event, 3000, START + 100_000).finish(slow)).toBe(false);
  });

  test('that another one has begun counts from that one', async () => {
    timeByWaiting(START);
    const handedOn = { ...event, HandedOver: { Since: START - 60_000 } };
    await expect(new TimeSpan(handedOn, 60, START + 900_000).finish(step(['a']))).rejects.toThrow('after 60 s');
  });
});

describe('to hand over', () => {
  let aws: AwsStandIn;
  beforeAll(async () => { aws = await AwsStandIn.start(); });
  afterAll(async () => aws.stop());
  beforeEach(() => aws.reset());

  test('the function starts itself with the same event and the time of the first, and nobody is answered yet', async () => {
    const before = Date.now();
    expect(await new TimeSpan(event, 60, 0).handOver()).toEqual({ note: 'it goes on in another invocation', handedOver: true });
    expect(aws.handedOn).toEqual([{ ...event, HandedOver: { Since: expect.any(Number) } }]);
    const since = aws.handedOn[0].HandedOver.Since;
    expect([since >= before, since <= Date.now()]).toEqual([true, true]);
    await new TimeSpan(aws.handedOn[0], 60, 0).handOver();
    expect(aws.handedOn[1]).toEqual(aws.handedOn[0]);
  });

  test('fails where the function may not start itself', async () => {
    process.env.AWS_LAMBDA_FUNCTION_NAME = 'another';
    await expect(new TimeSpan(event, 60, 0).handOver()).rejects.toThrow();
    expect(aws.handedOn).toEqual([]);
  });
});
