import { mkdir, open, rm, stat, utimes } from 'fs/promises';
import { homedir } from 'os';
import { dirname, join } from 'path';
import { setTimeout as sleep } from 'timers/promises';

/** How often the holder of a lock shows that it lives, and after what silence it is taken for dead, in milliseconds. */
const HEARTBEAT = 5_000;
const SILENCE = 30_000;

/** The folder outside of the tree for what is built or unpacked once per machine. */
export function cacheDir(): string {
  const base = process.env.XDG_CACHE_HOME || (process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache'));
  return join(base, 'eks-slipway');
}

/** Runs `work` while no other process runs under the same lock; `onWait` is called once if another one does. */
export async function withLock<T>(lock: string, work: () => Promise<T>, onWait: () => void = () => undefined): Promise<T> {
  await mkdir(dirname(lock), { recursive: true });
  for (let attempt = 0; !await take(lock); attempt++) {
    if (attempt === 0) { onWait(); }
    await sleep(250);
  }
  // By time and not by process id: the cache may be shared by containers that do not see each other's processes.
  const heartbeat = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), HEARTBEAT);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (e: any) {
    if (e.code !== 'EEXIST') { throw e; }
  }
  const touched = await stat(lock).then(s => s.mtimeMs, () => undefined);
  if (touched !== undefined && Date.now() - touched > SILENCE) {
    await rm(lock, { force: true });
  }
  return false;
}
