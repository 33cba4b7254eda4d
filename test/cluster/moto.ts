import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './until';
import { Processes } from '../../rig/control-plane/processes';

const VERSION = '5.2.5';

/** A folder in which the server stands, once it was installed. */
function folder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'eks-slipway', `moto-${VERSION}`);
}

/** The moto server: a stand-in for the AWS API, installed at its first use. Undefined where there is no Python or no way to its packages. */
export async function motoServer(): Promise<string | undefined> {
  if (process.env.MOTO_SERVER) {
    return process.env.MOTO_SERVER;
  }
  const program = join(folder(), 'bin', 'moto_server');
  if (!existsSync(program)) {
    const run = promisify(execFile);
    try {
      await mkdir(folder(), { recursive: true });
      await run('python3', ['-m', 'venv', folder()]);
      await run(join(folder(), 'bin', 'pip'), ['install', '--quiet', `moto[server]==${VERSION}`]);
    } catch (e) {
      await rm(folder(), { recursive: true, force: true });
      process.stderr.write(`no moto server: ${(e as Error).message.split('\n')[0]}\n`);
      return undefined;
    }
  }
  return program;
}

/** A running server, as an address, and how to stop it. */
export async function startMoto(program: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const processes = new Processes(await mkdtemp(join(tmpdir(), 'moto-')));
  processes.start('moto', program, ['-H', '127.0.0.1', '-p', String(port)]);
  const url = `http://127.0.0.1:${port}`;
  try {
    await until(() => {
      processes.check();
      return fetch(`${url}/moto-api/data.json`).then(response => response.ok, () => false);
    });
  } catch (e) {
    await processes.stop();
    throw e;
  }
  return { url, stop: () => processes.stop() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
