import { existsSync, readFileSync, writeFileSync } from 'fs';
import { parseArgs } from 'util';
import { KarpenterMigration } from '../karpenter-migration/karpenter-migration';

/** What the command does with its arguments: the YAML goes to standard output or a file, what happened to the error output. */
export function migrateKarpenter(args: string[]): void {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'out': { type: 'string' }, 'node-role': { type: 'string' }, 'instance-profile': { type: 'string' } },
  });
  if (positionals.length === 0) {
    throw new Error('migrate-karpenter needs the names of YAML files ("-" for standard input)');
  }
  const missing = positionals.find(file => file !== '-' && !existsSync(file));
  if (missing) {
    throw new Error(`"${missing}" is not there: name files with objects of Karpenter, such as what kubectl get provisioners,awsnodetemplates -o yaml prints`);
  }
  const yaml = positionals.map(file => readFileSync(file === '-' ? 0 : file, 'utf8')).join('\n---\n');
  const migration = KarpenterMigration.fromYaml(yaml, { nodeRole: values['node-role'], instanceProfile: values['instance-profile'] });
  if (values.out === undefined) {
    process.stdout.write(migration.toYaml());
  } else {
    writeFileSync(values.out, migration.toYaml());
  }
  console.error(migration.toText());
  if (Object.keys(migration.values).length > 0) {
    console.error(`Values of Karpenter's chart\n  ${JSON.stringify(migration.values)}\n`);
  }
}
