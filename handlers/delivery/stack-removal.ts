import { CloudFormationEvent } from './events';
import { loadSdk, SDK_OPTIONS } from './sdk';

/** The stack goes, or its first creation is taken back. In every other state it lives on, and so does what is in the cluster. */
const STACK_GOES = ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'];

/** What a resource that acts on the removal of its stack finds. */
export interface Finding {
  /** Why nothing must be touched; undefined if the whole cluster goes. */
  readonly stays?: string;
  /** The cluster is no more. */
  readonly isGone?: boolean;
  /** The security group that EKS made for the cluster, and will remove with it. */
  readonly clusterSecurityGroupId?: string;
}

/**
 * Whether this very event is part of the removal of the whole stack with its cluster. It is asked before the first effect; what cannot be found
 * out is an error.
 *
 * @param deletionPolicy the cluster's in the template
 */
export async function stackRemoval(event: CloudFormationEvent, cluster: string, deletionPolicy: unknown): Promise<Finding> {
  if (event.RequestType !== 'Delete') {
    return { stays: '' };
  }
  if (deletionPolicy === 'Retain') {
    return { stays: `cluster "${cluster}" is retained, nothing in it was touched` };
  }
  const stack = event.StackId.split('/')[1];
  const status = await stackStatus(event.StackId);
  if (!STACK_GOES.includes(status)) {
    return { stays: `stack ${stack} is in ${status} and not being deleted, nothing was touched` };
  }
  if (deletionPolicy === 'RetainExceptOnCreate' && status === 'DELETE_IN_PROGRESS') {
    return { stays: `cluster "${cluster}" is retained, nothing in it was touched` };
  }
  const found = await describeCluster(cluster);
  if (!found) {
    return { isGone: true };
  }
  if (found.deletionProtection) {
    throw new Error(`cluster "${cluster}" is protected from deletion, nothing was touched: deploy it with "deletionProtection" false, then delete the `
      + 'stack again');
  }
  return { clusterSecurityGroupId: found.resourcesVpcConfig?.clusterSecurityGroupId };
}

async function stackStatus(stackId: string): Promise<string> {
  const { CloudFormationClient, DescribeStacksCommand } = loadSdk('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(SDK_OPTIONS);
  try {
    // By its ARN a stack is found in every state.
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks![0].StackStatus!;
  } catch (error) {
    throw new Error(`whether the stack is being deleted cannot be told, nothing was touched: ${(error as Error).name}: ${(error as Error).message}`);
  } finally {
    client.destroy();
  }
}

async function describeCluster(name: string) {
  const { EKSClient, DescribeClusterCommand } = loadSdk('@aws-sdk/client-eks') as typeof import('@aws-sdk/client-eks');
  const client = new EKSClient(SDK_OPTIONS);
  try {
    return (await client.send(new DescribeClusterCommand({ name }))).cluster;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') {
      return undefined;
    }
    throw new Error(`whether cluster "${name}" is protected cannot be told, nothing was touched: ${(error as Error).name}: ${(error as Error).message}`);
  } finally {
    client.destroy();
  }
}
