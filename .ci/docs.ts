/*
 * Compiles the TypeScript snippets of docs/*.md strictly, each in the fixture that rosetta uses for the README's.
 */
import { spawnSync } from 'child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';

const root = resolve(__dirname, '..');
const [head, tail] = readFileSync(join(root, 'rosetta', 'default.ts-fixture'), 'utf8').split('/// here');
const scratch = join(root, '.docs-snippets');
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch);

let count = 0;
for (const file of readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md'))) {
  const text = readFileSync(join(root, 'docs', file), 'utf8');
  for (const [, snippet] of text.matchAll(/^```ts\n([\s\S]*?)^```/gm)) {
    const body = snippet.replace(/^declare const .*$/gm, '');
    const declared = [...snippet.matchAll(/^declare const .*$/gm)].join('\n');
    writeFileSync(join(scratch, `${file.replace('.md', '')}-${++count}.ts`), `${head}\n${declared}\nfunction snippet() {\n${body}\n}\nvoid snippet;\n${tail}`);
  }
}
writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({
  extends: '../tsconfig.all.json',
  compilerOptions: { rootDir: '..', noUnusedLocals: false, noUnusedParameters: false, paths: { 'eks-slipway': ['../src'] } },
  include: ['*.ts'],
}));
const { status } = spawnSync('npx', ['tsc', '-p', scratch], { cwd: root, stdio: 'inherit' });
rmSync(scratch, { recursive: true, force: true });
console.log(`${count} snippets`);
process.exitCode = status ?? 1;
