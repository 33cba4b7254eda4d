import { readFileSync } from 'fs';
import { join } from 'path';

/** The version of this library, as its package says. */
export function libraryVersion(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
