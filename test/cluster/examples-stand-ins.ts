import { createHash } from 'crypto';
import { SynthesizedStack } from './examples-synth';

const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';

const PSEUDO: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What `Ref` gives of a resource of this type, from a text that is the resource's own. */
const REFS: Record<string, (unique: string) => string> = {
  'AWS::EC2::SecurityGroup': unique => `sg-0${unique}`,
  'AWS::EC2::Subnet': unique => `subnet-0${unique}`,
  'AWS::EC2::VPC': unique => `vpc-0${unique}`,
  'AWS::EKS::Cluster': () => 'rehearsal',
  'AWS::IAM::Role': unique => `role-${unique}`,
  'AWS::S3::Bucket': unique => `bucket-${unique}`,
  'AWS::SQS::Queue': unique => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/queue-${unique}`,
};

/** What `Fn::GetAtt` gives. */
const ATTRIBUTES: Record<string, (unique: string) => string> = {
  'AWS::EC2::VPC.CidrBlock': () => '10.0.0.0/16',
  'AWS::EKS::Cluster.ClusterSecurityGroupId': unique => `sg-0${unique}`,
  'AWS::IAM::Role.Arn': unique => `arn:aws:iam::${ACCOUNT}:role/role-${unique}`,
  'AWS::Lambda::Function.Arn': unique => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:function-${unique}`,
  'AWS::SQS::Queue.QueueName': unique => `queue-${unique}`,
};

/**
 * What CloudFormation makes of a value of a template: intrinsic functions give something that could stand there on AWS.
 *
 * @throws where an intrinsic is not known, so that no manifest is delivered with a guess in it
 */
export function resolveIntrinsics(value: any, stack: SynthesizedStack, app: SynthesizedStack[]): any {
  const resolve = (item: any) => resolveIntrinsics(item, stack, app);
  if (Array.isArray(value)) {
    return value.map(resolve).filter(item => item !== undefined);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [name, operand] = Object.entries<any>(value)[0] ?? [];
  switch (name) {
    case 'Ref':
      return operand === 'AWS::NoValue' ? undefined : PSEUDO[operand] ?? ofResource(operand, REFS, '');
    case 'Fn::GetAtt':
      return ofResource(operand[0], ATTRIBUTES, `.${operand[1]}`);
    case 'Fn::Join':
      return resolve(operand[1]).join(operand[0]);
    case 'Fn::Sub':
      return operand.replace(/\$\{([^}]+)\}/g, (_: string, variable: string) => resolve({ Ref: variable }));
    case 'Fn::ImportValue':
      return imported(operand);
    default:
      if (name?.startsWith('Fn::')) {
        throw new Error(`${name} has no stand-in: add it to examples-stand-ins.ts`);
      }
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]).filter(([, item]) => item !== undefined));
  }

  function ofResource(id: string, table: typeof REFS, attribute: string): string {
    const type = stack.template.Resources?.[id]?.Type;
    const standIn = table[`${type}${attribute}`];
    if (!standIn) {
      throw new Error(`"${id}" (${type})${attribute} has no stand-in: add one to examples-stand-ins.ts`);
    }
    return standIn(createHash('sha256').update(`${stack.name}/${id}`).digest('hex').slice(0, 16));
  }

  function imported(exportName: string): string {
    for (const other of app) {
      const output = Object.values(other.template.Outputs ?? {}).find(({ Export }) => Export?.Name === exportName);
      if (output) {
        return resolveIntrinsics(output.Value, other, app);
      }
    }
    throw new Error(`no stack of the app exports "${exportName}"`);
  }
}
