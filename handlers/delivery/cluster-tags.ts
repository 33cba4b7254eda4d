/** A tag as EC2, ELB and IAM return it. */
export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/** What these services manage goes with what they made it for: a stack, an Auto Scaling group, the cluster itself. */
const MANAGED_BY_AWS = /^aws:(cloudformation|autoscaling|eks):/;

/**
 * The tags by which a cluster's controllers say whose a resource is. Most set the first; the load balancer controller the second, the
 * VPC CNI the third.
 */
export function clusterTags(cluster: string): { readonly Key: string; readonly Value: string }[] {
  return [
    { Key: `kubernetes.io/cluster/${cluster}`, Value: 'owned' },
    { Key: 'elbv2.k8s.aws/cluster', Value: cluster },
    { Key: 'cluster.k8s.amazonaws.com/name', Value: cluster },
  ];
}

/** Whether a controller in the cluster made it, and nobody else will remove it. */
export function isOwned(cluster: string, tags: readonly Tag[] = []): boolean {
  return clusterTags(cluster).some(({ Key, Value }) => tags.some(tag => tag.Key === Key && tag.Value === Value))
    && !tags.some(({ Key }) => MANAGED_BY_AWS.test(Key ?? ''));
}

/** Whether Karpenter made it. */
export function isKarpenters(tags: readonly Tag[] = []): boolean {
  return tags.some(({ Key }) => Key?.startsWith('karpenter.'));
}
