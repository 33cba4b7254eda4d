import { ChildProcess, spawn } from 'child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'fs';
import { join } from 'path';

/**
 * Kills what it was last told of, and removes the folder, when its input ends: when the parent says so, or is gone in
 * whatever way (jest does not pass `exit` events on, and nothing runs in a process that is killed).
 */
const KEEPER = 'pids=; while read -r line; do pids=$line; done; [ -z "$pids" ] || kill -9 $pids; rm -rf "$0" || { sleep 1; rm -rf "$0"; }';

/** Processes that live in one folder and no longer than the process that started them. */
export class Processes {
  private readonly running = new Map<string, ChildProcess>();
  private readonly ended = new Map<string, string>();
  private readonly keeper: ChildProcess;

  /** @param folder is removed at the end; the logs are in it */
  constructor(private readonly folder: string) {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    // A group of its own: Ctrl-C at the terminal is not for it.
    this.keeper = spawn('/bin/sh', ['-c', KEEPER, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.keeper.on('error', () => undefined).unref();
    (this.keeper.stdin as any).on('error', () => undefined).unref();
  }

  /** Starts a program; what it writes is in its log. */
  public start(name: string, program: string, args: string[]): void {
    const log = openSync(join(this.folder, 'logs', `${name}.log`), 'a');
    const child = spawn(program, args, { cwd: this.folder, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    child.once('error', e => this.end(name, e.message));
    child.once('exit', (code, signal) => this.end(name, `${code ?? signal}`));
    child.unref();
    this.running.set(name, child);
    this.tellKeeper();
  }

  /** @throws if a process has ended by itself, with the end of its log. */
  public check(): void {
    for (const [name, how] of this.ended) {
      throw new Error(`${name} ended with ${how}:\n${this.log(name).slice(-3000)}`);
    }
  }

  public log(name: string): string {
    return readFileSync(join(this.folder, 'logs', `${name}.log`), 'utf8');
  }

  /** Does something while a process stands still. */
  public async whilePaused<T>(name: string, work: () => Promise<T>): Promise<T> {
    const child = this.running.get(name);
    if (!child) { throw new Error(`${name} does not run`); }
    child.kill('SIGSTOP');
    try {
      return await work();
    } finally {
      child.kill('SIGCONT');
    }
  }

  /** Kills the processes at once; others may be started then. */
  public async killAll(): Promise<void> {
    await Promise.all([...this.running.values()].map(child => new Promise<void>(resolve => {
      child.ref();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    })));
    this.ended.clear();
  }

  /** Kills the processes at once (their data is not kept) and removes the folder. */
  public async stop(): Promise<void> {
    await this.killAll();
    if (this.keeper.exitCode !== null) { return; }
    await new Promise<void>(resolve => {
      this.keeper.ref();
      this.keeper.once('exit', () => resolve());
      this.keeper.stdin!.end();
    });
  }

  private end(name: string, how: string): void {
    this.running.delete(name);
    this.ended.set(name, how);
    this.tellKeeper();
  }

  private tellKeeper(): void {
    this.keeper.stdin!.write(`${[...this.running.values()].map(child => child.pid).join(' ')}\n`);
  }
}
