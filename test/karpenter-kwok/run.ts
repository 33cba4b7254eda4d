import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findOrBuildController } from './controller';
import { findOrBuildAssets } from '../../rig/control-plane/assets';
import { helmPath } from '../../rig/control-plane/helm';
import { motoServer } from '../cluster/moto';

const ROOT = resolve(__dirname, '..', '..');

/** Gets what the tests need, then runs them: `npx tsx test/karpenter-kwok/run.ts [JEST OPTIONS]`. */
async function main(): Promise<number> {
  await findOrBuildAssets(line => console.error(`control plane: ${line}`));
  await findOrBuildController(line => console.error(`karpenter: ${line}`));
  await Promise.all([helmPath(), motoServer()]);

  const jest = [process.execPath, require.resolve('jest/bin/jest'), '--config', join(__dirname, 'jest.config.json'), '--runInBand', ...process.argv.slice(2)];
  // Karpenter serves its metrics on all interfaces: here it has only the loopback one.
  const alone = ['unshare', '--net', '--map-root-user', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  const isPossible = spawnSync(alone[0], [...alone.slice(1), 'true'], { stdio: 'ignore' }).status === 0;
  if (!isPossible) {
    console.error('karpenter: no network namespace can be made here: its metrics and health ports, any free ones, listen on all interfaces while the tests run');
  }
  const [command, ...args] = isPossible ? [...alone, ...jest] : jest;
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

void main().then(
  status => { process.exitCode = status; },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
