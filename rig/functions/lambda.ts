import { ChildProcess, spawn } from 'child_process';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { CustomResourceEvent } from '../engine/custom-resources';

/** A function as it was deployed. */
export interface FunctionConfiguration {
  readonly name: string;
  /** The folder with its code. */
  readonly code: string;
  /** `file.function` */
  readonly handler: string;
  readonly runtime: string;
  /** Seconds. */
  readonly timeout: number;
  readonly environment: { [name: string]: string };
}

export interface LambdaOptions {
  readonly find: (serviceToken: string) => FunctionConfiguration;
  /** What the rig does to an event before the function sees it. */
  readonly transform?: (event: CustomResourceEvent) => CustomResourceEvent;
  readonly onLog?: (name: string, line: string) => void;
}

/** What goes wrong with the invocations of a request. */
export interface InvocationFaults {
  /** Milliseconds after which the process is killed, in the place of its own deadline; asked for each attempt. */
  killAfter?(event: CustomResourceEvent, attempt: number): number | undefined;
  /** Whether Lambda hands the same event in a second time, after the first came to a good end. */
  repeats?(event: CustomResourceEvent): boolean;
}

/** Lambda invokes an asynchronous event up to three times. */
const ATTEMPTS = 3;
const PAUSE = 500;

/** What runs in the process of an invocation: it ends with its input, so that it does not outlive the rig. */
const RUNTIME = `
const [, file, name, timeout] = process.argv;
const started = Date.now();
const lines = require('readline').createInterface({ input: process.stdin });
lines.on('close', () => process.exit(3));
lines.once('line', async line => {
  const context = { getRemainingTimeInMillis: () => started + Number(timeout) - Date.now(), awsRequestId: 'rig', functionName: process.env.AWS_LAMBDA_FUNCTION_NAME };
  try {
    await require(file)[name](JSON.parse(line), context);
    process.exit(0);
  } catch (e) {
    console.error(e && e.stack || e);
    process.exit(1);
  }
});
`;

/** Runs the code of functions as Lambda does for CloudFormation: one process for each invocation, with nothing but its own environment. */
export class Lambda {
  faults: InvocationFaults = {};
  /** Invocations that ended badly, for a report. */
  readonly incidents: string[] = [];
  private readonly running = new Set<ChildProcess>();
  private stopped = false;

  constructor(private readonly options: LambdaOptions) {}

  /** Hands an event in and does not wait. */
  invoke(serviceToken: string, event: CustomResourceEvent): void {
    const configuration = this.options.find(serviceToken);
    if (!configuration.runtime.startsWith('nodejs')) {
      throw new Error(`the rig runs only Node.js, and ${configuration.name} is ${configuration.runtime}`);
    }
    void this.deliver(configuration, this.options.transform?.(event) ?? event);
  }

  /** Ends what runs just now, as at its deadline. */
  killRunning(): void {
    this.running.forEach(kill);
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.all([...this.running].map(child => new Promise(resolve => child.once('exit', resolve))));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.running].map(child => new Promise<void>(resolve => {
      child.once('exit', () => resolve());
      kill(child);
    })));
  }

  private async deliver(configuration: FunctionConfiguration, event: CustomResourceEvent): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS && !this.stopped; attempt++) {
      const ended = await this.run(configuration, event, this.faults.killAfter?.(event, attempt));
      if (ended === 'done') {
        if (this.faults.repeats?.(event)) { await this.run(configuration, event, undefined); }
        return;
      }
      this.incidents.push(`${event.RequestType} ${event.LogicalResourceId}, attempt ${attempt}: ${ended}`);
      await sleep(PAUSE);
    }
  }

  private run({ name, code, handler, timeout, environment }: FunctionConfiguration, event: CustomResourceEvent, killAfter?: number): Promise<string> {
    const [file, member] = handler.split('.');
    const log = (line: string) => this.options.onLog?.(name, line);
    return new Promise(resolve => {
      const child = spawn(process.execPath, ['-e', RUNTIME, join(code, file), member, String(timeout * 1000)], {
        cwd: code, detached: true, stdio: ['pipe', 'pipe', 'pipe'], env: environment,
      });
      this.running.add(child);
      const deadline = setTimeout(() => kill(child), killAfter ?? timeout * 1000);
      for (const stream of [child.stdout, child.stderr]) {
        let rest = '';
        stream.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop()!;
          lines.forEach(log);
        });
      }
      child.stdin.on('error', () => undefined);
      child.stdin.write(`${JSON.stringify(event)}\n`);
      child.once('error', e => resolve(e.message));
      child.once('exit', (exit, signal) => {
        clearTimeout(deadline);
        this.running.delete(child);
        resolve(exit === 0 ? 'done' : signal ? 'killed at its deadline' : `ended with ${exit}`);
      });
    });
  }
}

/** The process and what it has started. */
function kill(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
