import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';

/** Unpacks a zip archive, as CDK packs its assets. */
export function unzip(archive: Buffer, folder: string): void {
  for (const [name, content] of Object.entries(filesOf(archive))) {
    const path = resolve(folder, name);
    if (!path.startsWith(resolve(folder) + sep)) {
      throw new Error(`the zip archive of the chart names a file outside of itself: "${name}"`);
    }
    if (!name.endsWith('/')) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }
}

function filesOf(archive: Buffer): Record<string, Uint8Array> {
  try {
    return unzipSync(archive);
  } catch (error) {
    throw new Error(`the chart is not a zip archive that can be read: ${(error as Error).message}`);
  }
}
