import { execFile } from 'child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { withLock } from '../../rig/control-plane/cache';

const ROOT = resolve(__dirname, '..', '..');

/** Stands for Go: notes that it was called, takes its time, and "builds" a program that knows its version. */
const FAKE_GO = `#!/bin/sh
[ "$1" = version ] && exit
echo "$@" >> "$CALLS"
/bin/sleep 1
while [ "$1" != -o ]; do shift; done
echo '#!/bin/sh
case $1 in
  kwok-stages) echo stages ;;
  --version) echo "Kubernetes v1.36.4" ;;
esac' > "$2"
/bin/chmod +x "$2"
`;

let folder: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'assets-')); });
afterEach(async () => rm(folder, { recursive: true }));

/** Runs `tsx rig/control-plane/assets.ts` as on a machine that has nothing but Node, and what `env` says. */
function assets(env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(done => execFile(process.execPath, ['--import', 'tsx', 'rig/control-plane/assets.ts'], {
    cwd: ROOT,
    env: { HOME: folder, PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache'), ...env },
  }, (e, stdout, stderr) => done({ code: e ? Number(e.code) : 0, stdout, stderr })));
}

test('where there is neither Go nor a control plane, says how to get one', async () => {
  const { code, stdout, stderr } = await assets({});
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/have Go[^]*KUBEBUILDER_ASSETS[^]*setup-envtest/);
});

test('takes the folder that KUBEBUILDER_ASSETS names', async () => {
  await writeFile(join(folder, 'etcd'), '');
  expect(await assets({ KUBEBUILDER_ASSETS: folder })).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no kube-apiserver') });
  await writeFile(join(folder, 'kube-apiserver'), '');
  expect(await assets({ KUBEBUILDER_ASSETS: folder })).toEqual({ code: 0, stdout: `${folder}\n`, stderr: '' });
});

test('builds once, also when two ask at the same time, and then finds what was built', async () => {
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'go'), FAKE_GO, { mode: 0o755 });
  const env = { CALLS: join(folder, 'calls') };
  const [one, two] = await Promise.all([assets(env), assets(env)]);
  const later = await assets(env);
  expect([one.code, two.code, later]).toEqual([0, 0, { code: 0, stdout: one.stdout, stderr: '' }]);
  expect(two.stdout).toBe(one.stdout);

  const calls = (await readFile(env.CALLS, 'utf8')).trim().split('\n');
  expect(calls).toHaveLength(1);
  expect(calls[0]).toContain('-X k8s.io/component-base/version.gitVersion=v1.36.4 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36');
  expect(await readFile(join(one.stdout.trim(), 'kwok-stages.yaml'), 'utf8')).toBe('stages\n');
  expect(await readdir(join(folder, 'cache', 'eks-slipway', 'control-plane'))).toHaveLength(1);
});

test('a build that fails leaves nothing that could be taken for a control plane', async () => {
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'go'), FAKE_GO.replace('v1.36.4', 'v0.0.0'), { mode: 0o755 });
  const { code, stderr } = await assets({ CALLS: join(folder, 'calls') });
  expect([code, stderr]).toEqual([1, expect.stringContaining('says it is "Kubernetes v0.0.0", not "Kubernetes v1.36.4"')]);
  expect(await readdir(join(folder, 'cache', 'eks-slipway', 'control-plane'))).toEqual([]);
});

test('a lock is taken over from a process that is gone, not from one that works', async () => {
  const lock = join(folder, 'lock');
  await writeFile(lock, '');
  await utimes(lock, new Date(), new Date(Date.now() - 60_000));
  const order: string[] = [];
  let other: Promise<void>;
  await withLock(lock, async () => {
    other = withLock(lock, async () => { order.push('other'); });
    await sleep(600);
    order.push('first');
  });
  await other!;
  expect(order).toEqual(['first', 'other']);
});
