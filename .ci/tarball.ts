/*
 * Packs the library and uses the tarball in an empty app, in another folder, as a user would: with the lowest and with the
 * newest aws-cdk-lib that it supports.
 */
import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const root = resolve(__dirname, '..');
const { peerDependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const app = readFileSync(join(root, 'examples', 'typescript', 'quickstart', 'app.ts'), 'utf8');

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, CDK_VALIDATION: 'false' } });
}

const scratch = mkdtempSync(join(tmpdir(), 'eks-slipway-tarball-'));
try {
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch));
  console.log(`${filename}: ${entryCount} files, ${Math.ceil(size / 1024)} KB packed, ${Math.ceil(unpackedSize / 1024)} KB unpacked`);

  for (const cdk of [peerDependencies['aws-cdk-lib'].replace('^', ''), 'latest']) {
    const folder = mkdtempSync(join(scratch, 'app-'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true }));
    writeFileSync(join(folder, 'app.ts'), app);
    run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--omit=optional', '--loglevel=error',
      `aws-cdk-lib@${cdk}`, `constructs@${peerDependencies.constructs}`, join(scratch, filename),
      `@aws-cdk/lambda-layer-kubectl-v36@${devDependencies['@aws-cdk/lambda-layer-kubectl-v36']}`, 'typescript@~6.0.0', '@types/node@^20');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: { target: 'ES2022', module: 'node16', strict: true, skipLibCheck: true, types: ['node'] }, include: ['app.ts'],
    }));
    run(folder, 'npx', 'tsc', '-p', '.');
    run(folder, 'env', 'CDK_OUTDIR=cdk.out', 'node', 'app.js');
    run(folder, 'node', '--input-type=module', '--eval',
      "import { PlatformCluster, addons, charts } from 'eks-slipway'; if (!PlatformCluster || !addons.Karpenter || !charts.NodePool) { throw new Error('a name is missing'); }");
    const version = JSON.parse(readFileSync(join(folder, 'node_modules', 'aws-cdk-lib', 'package.json'), 'utf8')).version;
    console.log(`aws-cdk-lib ${version}: synthesized`);
    console.log(run(folder, 'npx', 'eks-slipway', 'summary').split('\n').slice(0, 3).join('\n'));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
