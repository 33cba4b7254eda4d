import type { Platform } from './platform';
import type { Resource } from './resource';
import { Size } from './sizes';
import { policiesOf } from './statement';
import { isIntrinsic, textOf, TOKEN } from './values';

/** What a value that only the deployment knows is taken for: an ARN. */
const UNKNOWN = 'x'.repeat(100);

/** All inline policies together; those of a role, and of whatever a policy is for, may be the longest. */
const INLINE_LIMIT: { [type: string]: number } = { 'AWS::IAM::User': 2048, 'AWS::IAM::Group': 5120 };

/** Sizes of the policies in roles and policies, in characters without white space, as IAM counts them. */
export function policySizes(platform: Platform): Size[] {
  return platform.resources.flatMap(resource => {
    const holders = [resource, ...besides(platform, resource)].filter(holder => policiesOf(holder).length > 0);
    // Of one alone it is said where it is.
    const own = holders.length === 1 && holders[0] !== resource ? 0 : sizeOfAll(holders);
    const trust = resource.type === 'AWS::IAM::Role' ? length(resource.properties.AssumeRolePolicyDocument) : 0;
    const inline = resource.properties.PolicyDocument ? 'PolicyDocument' : 'Policies';
    const sizeOf = (location: string, what: string, size: number, limit: number): Size =>
      ({ resource, location, message: `${what} may take ${size} of ${limit} characters`, size, limit });
    return [
      resource.type === 'AWS::IAM::ManagedPolicy' ? sizeOf('PolicyDocument', 'the policy', own, 6144) : sizeOf(inline, 'inline policies', own, INLINE_LIMIT[resource.type] ?? 10240),
      sizeOf('AssumeRolePolicyDocument', 'the trust policy', trust, 2048),
    ];
  });
}

/** The policies of a role that are resources of their own. */
function besides(platform: Platform, role: Resource): Resource[] {
  return role.type !== 'AWS::IAM::Role' ? [] : [
    ...platform.ofType('AWS::IAM::Policy').filter(({ properties, template }) => platform.targets(properties.Roles, template).includes(role)),
    ...platform.referringTo(role, 'AWS::IAM::RolePolicy', 'RoleName'),
  ];
}

function sizeOfAll(resources: Resource[]): number {
  return resources.flatMap(policiesOf).reduce((sum, [, document]) => sum + length(document), 0);
}

function length(document: any): number {
  return document === undefined ? 0 : JSON.stringify(document, (_, item) => isIntrinsic(item) ? longest(item) : item).replace(/\s/g, '').length;
}

function longest(intrinsic: any): string {
  const text = textOf(intrinsic);
  // Pseudo parameters and names are short; what joins parts together says most of its length itself.
  return text === undefined ? (JSON.stringify(intrinsic).includes('AWS::') ? 'x'.repeat(14) : UNKNOWN) : text.replaceAll(TOKEN, 'x'.repeat(20));
}
