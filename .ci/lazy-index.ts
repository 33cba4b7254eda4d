/*
 * Makes the compiled indexes load a module when one of its names is first asked for, as those of aws-cdk-lib do: an app pays for what it uses.
 * `exports.Name = void 0` stays for whoever reads the names without running the file, such as Node's `import` of CommonJS.
 */
import { readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join, resolve } from 'path';

const lib = resolve(__dirname, '..', 'lib');
const load = createRequire(__filename);
const HELPER = 'const lazily = (name, load) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: load });';

function lazily(name: string, value: string): string {
  return `exports.${name} = void 0;\nlazily("${name}", () => ${value});`;
}

for (const index of ['index.js', ...['addons', 'blueprints', 'charts', 'checks'].map(folder => join(folder, 'index.js'))]) {
  const file = join(lib, index);
  const code = readFileSync(file, 'utf8');
  const names = new Set<string>();
  // The first module that exports a name has it.
  const namesOf = (module: string) => Object.keys(load(join(dirname(file), module))).filter(name => !names.has(name) && names.add(name));
  const lazy = code
    .replace(/^__exportStar\(require\("(.+)"\), exports\);$/gm, (_, module: string) =>
      namesOf(module).map(name => lazily(name, `require("${module}").${name}`)).join('\n'))
    .replace(/^exports\.(\w+) = __importStar\(require\("(.+)"\)\);$/gm, (_, name: string, module: string) => lazily(name, `require("${module}")`));
  if (lazy !== code) {
    writeFileSync(file, lazy.replace('"use strict";', `"use strict";\n${HELPER}`));
  }
}
