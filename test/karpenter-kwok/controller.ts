import { ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir, withLock } from '../../rig/control-plane/cache';

const SOURCES = join(__dirname, 'controller');
const PROVIDER = 'github.com/aws/karpenter-provider-aws';

/** The version of Karpenter that is built. */
export function karpenterVersion(): string {
  return readFileSync(join(SOURCES, 'go.mod'), 'utf8').match(/karpenter-provider-aws v(\S+)/)![1];
}

/**
 * The folder of Karpenter's controller (`karpenter`), whose machines are nodes of kwok, and of its two charts (`charts`). It is built by Go from
 * the modules that `controller/go.mod` pins, once per machine: four to six minutes.
 */
export async function findOrBuildController(progress: (line: string) => void): Promise<string> {
  const folder = builtController();
  if (!existsSync(folder)) {
    await withLock(`${folder}.lock`, async () => {
      if (!existsSync(folder)) {
        progress(`building Karpenter ${karpenterVersion()} into ${folder} (the first time this takes about five minutes)`);
        await build(folder);
      }
    }, () => progress('another process builds Karpenter: waiting for it'));
  }
  return folder;
}

/** Where it is, once it was built. */
export function builtController(): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  ['go.mod', 'go.sum'].forEach(file => hash.update(readFileSync(join(SOURCES, file))));
  return join(cacheDir(), 'karpenter', hash.digest('hex').slice(0, 16));
}

/** Builds beside `folder` and renames at the end, so that a folder that exists is complete. */
async function build(folder: string): Promise<void> {
  const temporary = await mkdtemp(join(dirname(folder), '.build-'));
  const go = (...args: string[]) => promisify(execFile)('go', args, { cwd: SOURCES, env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '' } });
  try {
    await go('build', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', join(temporary, 'karpenter'), `${PROVIDER}/kwok`);
    const { stdout: module } = await go('list', '-m', '-f', '{{.Dir}}', PROVIDER);
    for (const chart of ['karpenter', 'karpenter-crd']) {
      await cp(join(module.trim(), 'charts', chart), join(temporary, 'charts', chart), { recursive: true });
    }
    await promisify(execFile)('chmod', ['-R', 'u+w', temporary]); // module files are read-only
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Karpenter's controller as a process. */
export class Controller {
  private readonly process: ChildProcess;
  private output = '';

  constructor(environment: Record<string, string>) {
    this.process = spawn(join(builtController(), 'karpenter'), { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment } });
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.on('data', chunk => this.output += chunk);
    }
  }

  /** What it has logged so far. */
  get log(): string {
    return this.output;
  }

  /** How it ended, if it did. */
  get exit(): string | undefined {
    return this.process.exitCode === null && this.process.signalCode === null ? undefined : String(this.process.exitCode ?? this.process.signalCode);
  }

  async stop(): Promise<void> {
    if (this.exit === undefined) {
      const ended = new Promise(resolve => this.process.once('exit', resolve));
      this.process.kill('SIGKILL');
      await ended;
    }
  }
}
