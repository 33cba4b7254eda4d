import { execFile, spawn } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readFileSync } from 'fs';
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'fs/promises';
import { dirname, join } from 'path';
import { promisify } from 'util';
import { cacheDir, withLock } from './cache';

const SOURCES = join(__dirname, 'kube');

/** The programs of a control plane; a folder of `KUBEBUILDER_ASSETS` has at least the first two. */
export const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl', 'kwok'];

/** What kwok is told by `--config`; without it, it does nothing. */
export const KWOK_STAGES = 'kwok-stages.yaml';

const HOW_TO_GET = `There is no Kubernetes control plane to test with. One of these helps:
- have Go (1.21 or later) in the PATH and run "npx tsx rig/control-plane/assets.ts": it builds one, once (about ten minutes, 4 GB of Go caches);
- set KUBEBUILDER_ASSETS to a folder that has etcd and kube-apiserver, such as the one that
  "setup-envtest use --print path 1.36.x" downloads (https://book.kubebuilder.io/reference/envtest).`;

/**
 * The folder with the programs of a control plane: `KUBEBUILDER_ASSETS`, or what was built before.
 *
 * @throws where there is none, with a text that says how to get one.
 */
export function findAssets(): string {
  const given = process.env.KUBEBUILDER_ASSETS;
  if (given) {
    const missing = ['etcd', 'kube-apiserver'].filter(program => !existsSync(join(given, program)));
    if (missing.length > 0) {
      throw new Error(`"KUBEBUILDER_ASSETS" is ${given}, where there is no ${missing.join(' and no ')}: name a folder that has them, or unset it`);
    }
    return given;
  }
  if (!existsSync(builtAssets())) {
    throw new Error(HOW_TO_GET);
  }
  return builtAssets();
}

/** The same, but builds the programs with Go where there are none yet. */
export async function findOrBuildAssets(progress: (line: string) => void): Promise<string> {
  const built = builtAssets();
  if (!process.env.KUBEBUILDER_ASSETS && !existsSync(built)) {
    await promisify(execFile)('go', ['version']).catch(() => { throw new Error(HOW_TO_GET); });
    await withLock(`${built}.lock`, async () => {
      if (!existsSync(built)) { await build(built, progress); }
    }, () => progress('another process builds the control plane: waiting for it'));
  }
  return findAssets();
}

/** Where the build of exactly these sources for this machine is. */
function builtAssets(): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of ['main.go', 'go.mod', 'go.sum']) {
    hash.update(readFileSync(join(SOURCES, file)));
  }
  return join(cacheDir(), 'control-plane', hash.digest('hex').slice(0, 16));
}

/** Builds beside `folder` and renames at the end, so that a folder that exists is complete. */
async function build(folder: string, progress: (line: string) => void): Promise<void> {
  const version = (await readFile(join(SOURCES, 'go.mod'), 'utf8')).match(/^\s*k8s\.io\/kubernetes v(\d+)\.(\d+)\.\S+$/m);
  if (!version) {
    throw new Error(`${join(SOURCES, 'go.mod')} requires no k8s.io/kubernetes`);
  }
  const gitVersion = version[0].trim().split(' ')[1];
  // --emulated-version and the feature gates go by the stamped version; unstamped they know only v0.0.0.
  const stamps = Object.entries({ gitVersion, gitMajor: version[1], gitMinor: version[2], gitTreeState: 'clean' })
    .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);

  const started = Date.now();
  progress(`building Kubernetes ${gitVersion} into ${folder} (the first time this takes about ten minutes)`);
  const temporary = await mkdtemp(join(dirname(folder), '.build-'));
  const ticking = setInterval(() => progress(`still building, ${Math.round((Date.now() - started) / 60_000)} min`), 60_000);
  try {
    const kube = join(temporary, 'kube');
    await go(['build', '-trimpath', '-buildvcs=false', `-ldflags=-s -w ${stamps.join(' ')}`, '-o', kube, '.']);
    for (const program of PROGRAMS) {
      await symlink('kube', join(temporary, program));
    }
    await writeFile(join(temporary, KWOK_STAGES), (await promisify(execFile)(kube, ['kwok-stages'])).stdout);
    const { stdout } = await promisify(execFile)(join(temporary, 'kube-apiserver'), ['--version']);
    if (stdout.trim() !== `Kubernetes ${gitVersion}`) {
      throw new Error(`the built kube-apiserver says it is "${stdout.trim()}", not "Kubernetes ${gitVersion}"`);
    }
    await rename(temporary, folder);
  } finally {
    clearInterval(ticking);
    await rm(temporary, { recursive: true, force: true });
  }
  progress(`built in ${Math.round((Date.now() - started) / 1000)} s`);
}

function go(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd: SOURCES, env: { ...process.env, CGO_ENABLED: '0' }, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code, signal) => code === 0 ? resolve() : reject(new Error(`go ${args[0]} ended with ${code ?? signal}`)));
  });
}

if (require.main === module) {
  findOrBuildAssets(line => console.error(`control plane: ${line}`)).then(
    folder => console.log(folder),
    e => {
      console.error(e.message);
      process.exitCode = 1;
    },
  );
}
