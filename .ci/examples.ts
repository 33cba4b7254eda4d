/*
 * Synthesizes every TypeScript example as its own process, with CDK's validation in its strictest mode, and looks for
 * dependency cycles, which CDK synthesizes without complaint. The templates stay in cdk.out.examples for cfn-lint.
 */
import { spawnSync } from 'child_process';
import { readdirSync, readFileSync, rmSync } from 'fs';
import { join, resolve } from 'path';
import { dependencies, findCycle } from '../src/private/template-graph';

const root = resolve(__dirname, '..');
const out = join(root, 'cdk.out.examples');
rmSync(out, { recursive: true, force: true });

let failures = 0;
for (const name of readdirSync(join(root, 'examples', 'typescript')).sort()) {
  const outdir = join(out, name);
  const synth = spawnSync('npx', ['tsx', '--tsconfig', 'tsconfig.all.json', join('examples', 'typescript', name, 'app.ts')], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_VALIDATION: 'true',
      CDK_CONTEXT_JSON: JSON.stringify({
        '@aws-cdk/core:validateAgainstDefaultRules': true,
        '@aws-cdk/core:strictCfnValidateErrors': true,
      }),
    },
  });
  if (synth.status !== 0) {
    console.log(`FAILED ${name}\n${synth.stdout}\n${synth.stderr}`);
    failures++;
    continue;
  }
  for (const file of readdirSync(outdir).filter(entry => entry.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(join(outdir, file), 'utf8'));
    const cycle = findCycle(dependencies(template));
    console.log(`${cycle ? 'FAILED' : 'ok'} ${name}/${file}${cycle ? `: dependency cycle ${cycle.join(' -> ')}` : ''}`);
    failures += cycle ? 1 : 0;
  }
}
process.exitCode = failures > 0 ? 1 : 0;
