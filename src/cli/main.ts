import { migrateKarpenter } from './migrate-karpenter';
import { summarize } from './summary';

const USAGE = `usage: eks-slipway summary [CDK_OUT]
       eks-slipway migrate-karpenter FILE... [--out FILE] [--node-role NAME | --instance-profile NAME]

  summary            what a synthesized app holds: stacks, the platform by layer, what is delivered into
                     the cluster, the bootstrap order, how to get in, warnings. CDK_OUT defaults to cdk.out.
  migrate-karpenter  Karpenter's objects of v1alpha5 and v1beta1 in YAML files ("-" for standard input) as those
                     of v1, and on the error output what changed, what was dropped and what is left to decide.
                     The name of a role or an instance profile is for nodes whose objects name neither.`;

function main([command, ...args]: string[]): number {
  try {
    if (command === 'summary' && args.length <= 1) {
      console.log(summarize(args[0] ?? 'cdk.out'));
      return 0;
    }
    if (command === 'migrate-karpenter' && args.length > 0) {
      migrateKarpenter(args);
      return 0;
    }
  } catch (error) {
    console.error(`eks-slipway: ${(error as Error).message}`);
    return 1;
  }
  console.error(USAGE);
  return 2;
}

process.exitCode = main(process.argv.slice(2));
