import { log } from './request';
import { loadSdk, SDK_OPTIONS } from './sdk';

export interface ClusterAddress {
  readonly endpoint: string;
  /** PEM. */
  readonly ca: string;
}

/** Where the API server is: from the environment, else EKS tells. Undefined if there is no such cluster any more. */
export async function clusterAddress(name: string, env: NodeJS.ProcessEnv = process.env): Promise<ClusterAddress | undefined> {
  if (env.CLUSTER_ENDPOINT && env.CLUSTER_CA && name === (env.CLUSTER_NAME ?? name)) {
    return { endpoint: env.CLUSTER_ENDPOINT, ca: Buffer.from(env.CLUSTER_CA, 'base64').toString('utf8') };
  }
  const { EKSClient, DescribeClusterCommand } = loadSdk('@aws-sdk/client-eks') as typeof import('@aws-sdk/client-eks');
  const client = new EKSClient(SDK_OPTIONS);
  try {
    const { cluster } = await client.send(new DescribeClusterCommand({ name }));
    if (!cluster?.endpoint || !cluster.certificateAuthority?.data) {
      throw new Error(`cluster "${name}" has no endpoint yet (status ${cluster?.status})`);
    }
    return { endpoint: cluster.endpoint, ca: Buffer.from(cluster.certificateAuthority.data, 'base64').toString('utf8') };
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') {
      return undefined;
    }
    throw error;
  } finally {
    client.destroy();
  }
}

/** Whether EKS itself says that the cluster is no more: then nothing in it is left to delete. False when it cannot be told. */
export async function isClusterGone(name: string): Promise<boolean> {
  try {
    return await clusterAddress(name, {}) === undefined;
  } catch (error) {
    log(`whether the cluster still exists cannot be told: ${(error as Error).name}`);
    return false;
  }
}
