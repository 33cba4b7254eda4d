/** The tag by which the termination handler of a cluster knows instances and Auto Scaling groups as its own, and not as another cluster's. */
export function terminationTag(clusterName: string): string {
  return `aws-node-termination-handler/${clusterName}`;
}
