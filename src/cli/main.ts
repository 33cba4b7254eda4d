import { summarize } from './summary';

const USAGE = `usage: eks-slipway summary [CDK_OUT]

  summary   what a synthesized app holds: stacks, the platform by layer, what is delivered into
            the cluster, the bootstrap order, how to get in, warnings. CDK_OUT defaults to cdk.out.`;

function main(args: string[]): number {
  const [command, directory = 'cdk.out', ...rest] = args;
  if (command !== 'summary' || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  try {
    console.log(summarize(directory));
    return 0;
  } catch (error) {
    console.error(`eks-slipway: ${(error as Error).message}`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
