/*
 * Add-ons in numbers: lines of the file, and local files that one must know with it. See README.md.
 */
import { readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

const src = resolve(__dirname, '..', 'src');
/** As the design wants it. */
const REACHED = 8;

export interface AddonFigures {
  readonly name: string;
  /** Without blank ones. */
  readonly lines: number;
  /** Of `lines`, those that are no comment. */
  readonly code: number;
  /** Local files that it reaches, itself aside. */
  readonly reached: string[];
}

/** Every construct that src/addons exports. */
export function addonFigures(): AddonFigures[] {
  const exported = [...readFileSync(join(src, 'addons', 'index.ts'), 'utf8').matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => name);
  return exported.sort().flatMap(name => {
    const path = join(src, 'addons', `${name}.ts`);
    const text = readFileSync(path, 'utf8');
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
    return / extends Construct\b/.test(code) ? [{ name, lines: filledLines(text), code: filledLines(code), reached: reachedFrom(path) }] : [];
  });
}

function filledLines(text: string): number {
  return text.split('\n').filter(line => line.trim() !== '').length;
}

function reachedFrom(start: string): string[] {
  const seen = new Set<string>();
  const visit = (path: string) => {
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gm)) {
      const file = resolve(dirname(path), `${from}.ts`);
      if (!seen.has(file)) {
        seen.add(file);
        visit(file);
      }
    }
  };
  visit(start);
  seen.delete(start);
  return [...seen].map(file => relative(src, file)).sort();
}

/** What is an add-on's own, not of the floors that all of them stand on. */
function beside(reached: string[]): number {
  return reached.filter(file => /^(addons|charts)\//.test(file)).length;
}

/** As a table, with what all of them together come to. */
export function addonTable(figures: AddonFigures[]): string {
  const rows = figures.map(({ name, lines, code, reached }) => [
    name, `${lines}`, `${code}`, `${beside(reached)}`, `${reached.length}${reached.length < REACHED ? '  ' : ' *'}`,
  ]);
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const all = (pick: (figure: AddonFigures) => number) => `${median(figures.map(pick))}`;
  rows.push([`median of ${figures.length}`, all(f => f.lines), all(f => f.code), all(f => beside(f.reached)), `${all(f => f.reached.length)}  `]);
  const table = [['add-on', 'lines', 'code', 'beside it', 'files reached'], ...rows]
    .map(([name, ...numbers]) => `${name.padEnd(36)}${numbers.map(number => number.padStart(15)).join('')}`);
  return [...table, '"code" is lines without comments; "beside it" is how many of the files stand on the floor of add-ons and charts, the others below', `* not fewer than ${REACHED}, which the design wants`].join('\n');
}

if (require.main === module) {
  const figures = addonFigures();
  console.log(addonTable(figures));
  if (process.argv.includes('--files')) {
    figures.forEach(({ name, reached }) => console.log(`\n${name}\n  ${reached.join('\n  ')}`));
  }
}
