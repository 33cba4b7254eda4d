import type { Resource } from './resource';
import { listOf } from './values';

/** A statement of a policy that is attached to an identity. */
export interface Statement {
  /** The role or policy that holds it. */
  readonly resource: Resource;
  /** Where in it. */
  readonly location: string;
  readonly allows: boolean;
  readonly actions: any[];
  readonly notActions: any[];
  readonly resources: any[];
  readonly condition: any;
}

export function statementsOf(resources: Resource[]): Statement[] {
  return resources.flatMap(resource => policiesOf(resource).flatMap(([location, document]) =>
    listOf(document?.Statement).map((statement: any, i) => ({
      resource,
      location: `${location}.Statement[${i}]`,
      allows: statement.Effect !== 'Deny',
      actions: listOf(statement.Action),
      notActions: listOf(statement.NotAction),
      resources: listOf(statement.Resource),
      condition: statement.Condition,
    }))));
}

/** Policy documents of a role or policy, with where they are. */
export function policiesOf({ type, properties }: Resource): [location: string, document: any][] {
  switch (type) {
    case 'AWS::IAM::Policy':
    case 'AWS::IAM::ManagedPolicy':
    case 'AWS::IAM::RolePolicy':
    case 'AWS::IAM::UserPolicy':
    case 'AWS::IAM::GroupPolicy':
      return [['PolicyDocument', properties.PolicyDocument]];
    case 'AWS::IAM::Role':
    case 'AWS::IAM::User':
    case 'AWS::IAM::Group':
      return listOf<any>(properties.Policies).map((policy, i) => [`Policies[${i}].PolicyDocument`, policy.PolicyDocument]);
    default:
      return [];
  }
}
