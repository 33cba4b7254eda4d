import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { repeated } from '../private/repeated';

/** What the name of an instance type tells. Undefined: it is a token, or not of the usual form. */
export interface InstanceFacts {
  readonly architecture: ec2.InstanceArchitecture;
  readonly accelerator: Accelerator;
}

export type Accelerator = 'none' | 'nvidia' | 'neuron';

/*
 * Family, generation, capabilities, variant, size: m7g.large, p6-b200.48xlarge, u7i-12tb.224xlarge.
 * `ec2.InstanceType.architecture` throws at a variant with digits in it.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
const NAME = /^([a-z]+)(\d*)([a-z]*)(?:-([a-z0-9]+))?\.[a-z0-9-]+$/;

export function instanceFacts(type: ec2.InstanceType): InstanceFacts | undefined {
  const match = Token.isUnresolved(type.toString()) ? null : NAME.exec(type.toString());
  if (!match) {
    return undefined;
  }
  const [, family, generation, capabilities, variant = ''] = match;
  const arm = family === 'a' || capabilities.includes('g') || variant.startsWith('gb');
  return {
    architecture: arm ? ec2.InstanceArchitecture.ARM_64 : ec2.InstanceArchitecture.X86_64,
    accelerator: accelerator(family, `${family}${generation}${capabilities}`),
  };
}

/** Refuses too many types, what cannot be the name of one, and one twice. One that nobody knows yet may be new. */
export function checkTypes(types: ec2.InstanceType[], most: number): void {
  if (types.length < 1 || types.length > most) {
    throw new Error(`"instanceTypes" has ${types.length} types: give 1 to ${most}`);
  }
  const names = types.map(type => type.toString());
  const wrong = names.find(name => !Token.isUnresolved(name) && !/^[a-z0-9-]+\.[a-z0-9-]+$/.test(name));
  if (wrong !== undefined) {
    throw new Error(`"instanceTypes" has "${wrong}": give names of instance types, such as "m7i.large"`);
  }
  const twice = repeated(names);
  if (twice) {
    throw new Error(`"instanceTypes" has "${twice}" twice: give each type once`);
  }
}

/** Instance types that cannot run Windows nodes. */
export function refusesWindows(type: ec2.InstanceType): boolean {
  const name = type.toString();
  return !Token.isUnresolved(name) && /^(c3|c4|d2|i2|m4|m6a|r3)\./.test(name) && name !== 'm4.16xlarge';
}

function accelerator(family: string, name: string): Accelerator {
  if (family === 'inf' || family === 'trn') {
    return 'neuron';
  }
  // g4ad has AMD's GPUs.
  return ['g', 'gr', 'p'].includes(family) && name !== 'g4ad' ? 'nvidia' : 'none';
}
