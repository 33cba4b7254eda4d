import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * Writes policies into a role itself. They cost no resource of their own, and nobody gets the role before it has them. A role holds
 * 10,240 characters of them.
 */
export function inlinePolicies(role: iam.IRole, policies: Record<string, iam.PolicyStatement[]>): void {
  (role.node.defaultChild as iam.CfnRole).policies = Object.entries(policies).map(([policyName, statements]) => ({
    policyName,
    policyDocument: new iam.PolicyDocument({ statements }),
  }));
}
