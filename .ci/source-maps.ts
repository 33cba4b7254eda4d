/*
 * Takes the source maps out of the compiled modules. jsii puts map and source into each, two thirds of all that an app would load; aws-cdk-lib ships
 * none either.
 */
import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';

const lib = resolve(__dirname, '..', 'lib');
const MAP = /^\/\/# sourceMappingURL=data:.*\n?/m;

for (const entry of readdirSync(lib, { recursive: true, encoding: 'utf8' })) {
  const file = join(lib, entry);
  const code = file.endsWith('.js') ? readFileSync(file, 'utf8') : '';
  if (MAP.test(code)) {
    writeFileSync(file, code.replace(MAP, ''));
  }
}
