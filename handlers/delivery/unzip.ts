import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** Unpacks a zip archive, as CDK packs its assets: stored or deflated, no encryption, under 4 GB. */
export function unzip(archive: Buffer, folder: string): void {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END_OF_DIRECTORY) {
    end--;
  }
  if (end < 0) {
    throw new Error('the chart is not a zip archive: its directory is missing');
  }
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw new Error('the zip archive of the chart is damaged');
    }
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    const path = resolve(folder, name);
    if (!path.startsWith(resolve(folder) + sep)) {
      throw new Error(`the zip archive of the chart names a file outside of itself: "${name}"`);
    }
    if (name.endsWith('/')) {
      continue;
    }
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(data, data + size);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, method === 0 ? packed : inflateRawSync(packed));
  }
}
