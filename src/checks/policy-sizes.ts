import type { Resource } from './resource';
import { policiesOf } from './statement';
import { isIntrinsic, textOf, TOKEN } from './values';

/** How much IAM takes of a kind of policy, and how much there may be. */
export interface PolicySize {
  readonly location: string;
  readonly what: string;
  readonly size: number;
  readonly limit: number;
}

/** What a value that only the deployment knows is taken for: an ARN. */
const UNKNOWN = 'x'.repeat(100);

/** Sizes of the policies in a role or policy, in characters without white space, as IAM counts them. */
export function policySizes(resource: Resource): PolicySize[] {
  const size = policiesOf(resource).reduce((sum, [, document]) => sum + length(document), 0);
  const trust = resource.type === 'AWS::IAM::Role' ? length(resource.properties.AssumeRolePolicyDocument) : 0;
  return [
    resource.type === 'AWS::IAM::ManagedPolicy'
      ? { location: 'PolicyDocument', what: 'the policy', size, limit: 6144 }
      : { location: 'Policies', what: 'inline policies', size, limit: 10240 },
    { location: 'AssumeRolePolicyDocument', what: 'the trust policy', size: trust, limit: 2048 },
  ];
}

function length(document: any): number {
  return document === undefined ? 0 : JSON.stringify(document, (_, item) => isIntrinsic(item) ? longest(item) : item).replace(/\s/g, '').length;
}

function longest(intrinsic: any): string {
  const text = textOf(intrinsic);
  // Pseudo parameters and names are short; what joins parts together says most of its length itself.
  return text === undefined ? (JSON.stringify(intrinsic).includes('AWS::') ? 'x'.repeat(14) : UNKNOWN) : text.replaceAll(TOKEN, 'x'.repeat(20));
}
