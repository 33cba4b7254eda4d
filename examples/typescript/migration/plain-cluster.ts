import { Stack, Validations } from 'aws-cdk-lib';

/** What aws-eks-v2 makes of a cluster and its nodes when nothing is said: the migration changes who delivers into the cluster, and nothing else. */
export function acknowledgePlainCluster(stack: Stack) {
  const reason = 'as it was before: the migration changes who delivers into the cluster, and nothing else';
  for (const id of ['cluster-creator-admin', 'cluster-logging', 'node-cni-policy', 'node-imds', 'public-endpoint-open']) {
    Validations.of(stack).acknowledge({ id: `EksSlipway::${id}`, reason });
  }
}
