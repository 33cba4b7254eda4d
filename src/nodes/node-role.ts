import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** A role for nodes of a group. Permissions for the CNI are not among its policies. */
export function newNodeRole(scope: Construct, sessionManager = false): iam.Role {
  const policies = [
    'AmazonEKSWorkerNodePolicy',
    'AmazonEC2ContainerRegistryPullOnly',
    ...sessionManager ? ['AmazonSSMManagedInstanceCore'] : [],
  ];
  return new iam.Role(scope, 'NodeRole', {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: policies.map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
}
