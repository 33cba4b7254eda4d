import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

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
  const server = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = new Promise<void>(resolve => server.on('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; ; i++) {
    if (await fetch(`${url}/moto-api/data.json`).then(response => response.ok, () => false)) {
      return { url, stop: () => { server.kill(); return ended; } };
    }
    if (i > 300 || server.exitCode !== null) {
      server.kill();
      throw new Error('the moto server does not start');
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
