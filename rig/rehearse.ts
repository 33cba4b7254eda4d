import { writeFile } from 'fs/promises';
import { parseArgs } from 'util';
import { makeExistingCluster } from './model/existing-cluster';
import { Rehearsal } from './rehearsal/rehearsal';
import { Act, asLines, isGood, summary } from './rehearsal/report';
import { Rig } from './rig';

const USAGE = `Rehearses the stacks of a synthesized app on this machine: a model of AWS, a real Kubernetes API server, the real Lambda code.

npx tsx rig/rehearse.ts [FOLDER] [what] [how]

FOLDER                  what cdk synth wrote (default: cdk.out)
what (default: --life)
  --life                create, change, change back, delete
  --version-update      create one Kubernetes version before, update, delete
  --fail-on-create      fail at a resource, roll back to nothing; again for the next resource
  --fail-on-update      fail at a resource of a change, roll back to what was there; again for the next resource
  --fail-on-delete      every resource fails to be deleted once
  --fail-at-every-step  the last three, at all resources, before and after their effect
how
  --all                 at all resources, not at every custom resource and one of each type
  --leave-interfaces    the VPC CNI leaves network interfaces behind, as it does now and then
  --existing-cluster NAME  a cluster of this name is there, which no stack makes
  --after               fail after the effect, not before it
  --json FILE           write the report as JSON too
  --verbose             print what the functions log
`;

async function main(): Promise<void> {
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'life': flag, 'version-update': flag, 'fail-on-create': flag, 'fail-on-update': flag, 'fail-on-delete': flag, 'fail-at-every-step': flag,
      'leave-interfaces': flag, 'all': flag, 'after': flag, 'verbose': flag, 'help': flag, 'json': { type: 'string' }, 'existing-cluster': { type: 'string' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const folder = positionals[0] ?? 'cdk.out';
  const leavesInterfaces = values['leave-interfaces'];
  const rig = await Rig.start({ leavesInterfaces, onLog: values.verbose ? (source, line) => console.error(`${source}: ${line}`) : undefined });
  const acts: Act[] = [];
  try {
    const rehearsal = new Rehearsal(rig, rig.load(folder), act => {
      acts.push(act);
      console.log(asLines(act));
    });
    if (values['existing-cluster']) { await makeExistingCluster(rig.model, values['existing-cluster']); }
    const every = values['fail-at-every-step'];
    const which = every || values.all ? 'all' : 'sample';
    const whens = every ? ['before', 'after'] as const : [values.after ? 'after' : 'before'] as const;
    const asked = every || Object.keys(values).some(name => name.startsWith('fail-') || name === 'version-update');
    if (values.life || !asked) { await rehearsal.life(); }
    if (values['version-update']) { await rehearsal.versionUpdate(); }
    for (const when of whens) {
      if (every || values['fail-on-update']) { await rehearsal.failOnUpdate(which, when); }
      if (every || values['fail-on-delete']) { await rehearsal.failOnDelete(when); }
      if (every || values['fail-on-create']) { await rehearsal.failOnCreate(which, when); }
    }
  } finally {
    await rig.stop();
  }
  console.log(`\n${summary(acts)}`);
  if (values.json) { await writeFile(values.json, JSON.stringify({ ok: isGood(acts), acts }, undefined, 1)); }
  process.exitCode = isGood(acts) ? 0 : 1;
}

main().catch(e => {
  console.error(e.message);
  process.exitCode = 2;
});
