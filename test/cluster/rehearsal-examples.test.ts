import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeExistingCluster } from '../../rig/model/existing-cluster';
import { Rehearsal } from '../../rig/rehearsal/rehearsal';
import { Rig } from '../../rig/rig';

const ROOT = resolve(__dirname, '../..');

// The quickstart has a file of its own.
test.each<[string, { existing?: string; leavesInterfaces?: boolean }]>([
  ['two-stacks', { leavesInterfaces: true }],
  ['existing-cluster', { existing: 'existing' }],
  // A cluster of aws-eks-v2: nothing sweeps behind it.
  ['migration', {}],
])('the example %s is created, changed, changed back and deleted, and nothing unexpected is left', async (example, { existing, leavesInterfaces }) => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  const rig = await Rig.start({ leavesInterfaces });
  try {
    await promisify(execFile)(process.execPath, [require.resolve('tsx/cli'), '--tsconfig', 'tsconfig.all.json', `examples/typescript/${example}/app.ts`], {
      cwd: ROOT, env: { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' },
    });
    if (existing) { await makeExistingCluster(rig.model, existing); }
    const life = new Rehearsal(rig, rig.load(folder));
    await life.life();
    expect(life.acts.filter(({ findings }) => findings.length > 0)).toEqual([]);
    expect(life.acts).toHaveLength(6);
  } finally {
    await rig.stop();
    rmSync(folder, { recursive: true });
  }
}, 240_000);
