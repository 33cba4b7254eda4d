import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What nodes of one operating system are in AWS. */
export interface KarpenterNodeRole {
  readonly role: iam.IRole;
  /** Name of the instance profile; Karpenter makes one where there is none. */
  readonly instanceProfile?: string;
  /** What a node must find when it starts, and its controller when it ends it. */
  readonly resources: Construct[];
}

/** How to come by it. */
export interface KarpenterNodeRoleProps {
  readonly cluster: eks.ICluster;
  readonly clusterName: string;
  readonly operatingSystem: 'Linux' | 'Windows';
  /** A role of the user's. */
  readonly role?: iam.IRole;
  readonly accessEntry: boolean;
  readonly instanceProfile: boolean;
}

/**
 * A role that nodes have, and the access entry with which they join the cluster. An entry is for one operating system, so each has a role.
 * It has no CNI permissions.
 */
export function karpenterNodeRole(scope: Construct, id: string, props: KarpenterNodeRoleProps): KarpenterNodeRole {
  const { cluster, operatingSystem } = props;
  const role = props.role ?? new iam.Role(scope, `${id}Role`, {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    description: `${operatingSystem} nodes that Karpenter launches in ${props.clusterName}`,
    managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore']
      .map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  const entry = props.accessEntry ? [new CfnAccessEntry(scope, `${id}Access`, {
    clusterName: cluster.clusterName,
    principalArn: role.roleArn,
    type: operatingSystem === 'Windows' ? 'EC2_WINDOWS' : 'EC2_LINUX',
  })] : [];
  const profile = props.instanceProfile ? [new iam.CfnInstanceProfile(scope, `${id}Profile`, { roles: [role.roleName] })] : [];
  return { role, instanceProfile: profile[0]?.ref, resources: [role, ...entry, ...profile] };
}
