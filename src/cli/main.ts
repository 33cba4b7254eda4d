import { parseArgs } from 'util';
import { checkAssembly, Format } from './checks';
import { migrateKarpenter } from './migrate-karpenter';
import { summarize } from './summary';

const FORMATS: Format[] = ['text', 'json', 'sarif'];

const USAGE = `usage: eks-slipway summary [CDK_OUT]
       eks-slipway checks [CDK_OUT] [--format text|json|sarif] [--enable CHECK,...] [--disable CHECK,...]
       eks-slipway migrate-karpenter FILE... [--out FILE] [--node-role NAME | --instance-profile NAME]

  summary            what a synthesized app holds: stacks, the platform by layer, what is delivered into
                     the cluster, the bootstrap order, how to get in, warnings. CDK_OUT defaults to cdk.out.
  checks             mistakes in a synthesized app, of any language and with or without this library in it.
                     Exits with 1 when there is an error that nobody acknowledged, with 2 when it could not look.
  migrate-karpenter  Karpenter's objects of v1alpha5 and v1beta1 in YAML files ("-" for standard input) as those
                     of v1, and on the error output what changed, what was dropped and what is left to decide.
                     The name of a role or an instance profile is for nodes whose objects name neither.`;

function main([command, ...args]: string[]): number {
  try {
    if (command === 'summary' && args.length <= 1) {
      console.log(summarize(args[0] ?? 'cdk.out'));
      return 0;
    }
    if (command === 'checks') {
      return checks(args);
    }
    if (command === 'migrate-karpenter' && args.length > 0) {
      migrateKarpenter(args);
      return 0;
    }
  } catch (error) {
    console.error(`eks-slipway: ${(error as Error).message}`);
    return 2;
  }
  console.error(USAGE);
  return 2;
}

function checks(args: string[]): number {
  const { values: { format, enable, disable }, positionals: [directory = 'cdk.out', ...more] } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      enable: { type: 'string', multiple: true, default: [] },
      disable: { type: 'string', multiple: true, default: [] },
    },
  });
  if (more.length > 0) {
    throw new Error(`checks takes one folder, given are ${[directory, ...more].join(', ')}: run it once for each`);
  }
  if (!FORMATS.includes(format as Format)) {
    throw new Error(`"--format" is "${format}": give one of ${FORMATS.join(', ')}`);
  }
  const ids = (lists: string[]) => lists.flatMap(list => list.split(','));
  const { report, hasErrors } = checkAssembly(directory, format as Format, { enable: ids(enable!), disable: ids(disable!) });
  process.stdout.write(report.endsWith('\n') ? report : `${report}\n`);
  return hasErrors ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
