import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answer, DeliveryRig } from './delivery-rig';

const ROOT = join(__dirname, '..', '..');
const SOURCES = join(ROOT, 'handlers', 'delivery');

/** The bundled function in processes of its own, as Lambda runs it: they can be killed. */
export class DeliveryProcess {
  private readonly folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  readonly bundle: string;
  /** All that processes printed. */
  printed = '';

  constructor(private readonly rig: DeliveryRig) {
    const built = join(ROOT, 'lib', 'handlers', 'delivery', 'index.js');
    const changed = Math.max(...readdirSync(SOURCES).map(file => statSync(join(SOURCES, file)).mtimeMs));
    if ((statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0) > changed) {
      this.bundle = built;
      return;
    }
    this.bundle = join(this.folder, 'index.js');
    execFileSync(join(ROOT, 'node_modules', '.bin', 'esbuild'), [
      join(SOURCES, 'index.ts'), '--bundle', '--minify', '--platform=node', '--target=node20', '--external:@aws-sdk/*', `--outfile=${this.bundle}`, '--log-level=error',
    ]);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs it once and returns what it answered; `killedAfter` ends it when it has printed that. */
  async invoke(event: object, killedAfter?: RegExp): Promise<Answer | undefined> {
    const before = this.rig.answers.length;
    const script = `require(${JSON.stringify(this.bundle)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 60000 }).then(() => process.exit(0), e => { console.error(e); process.exit(1); });`;
    const child = spawn(process.execPath, ['-e', script], { env: { ...process.env, ...this.rig.environment, NODE_PATH: join(ROOT, 'node_modules') } });
    let output = '';
    const listen = (chunk: Buffer) => {
      output += chunk;
      this.printed += chunk;
      if (killedAfter?.test(output)) {
        child.kill('SIGKILL');
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const code = await new Promise(resolve => child.on('close', resolve));
    if (!killedAfter && code !== 0) {
      throw new Error(output);
    }
    return this.rig.answers[before];
  }
}
