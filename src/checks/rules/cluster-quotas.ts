import { Check } from '../check';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const QUOTAS: [type: string, what: string, quota: number][] = [
  ['AWS::EKS::Nodegroup', 'managed node groups', 30],
  ['AWS::EKS::FargateProfile', 'Fargate profiles', 10],
];

export const CLUSTER_QUOTAS: Check = {
  id: 'cluster-quotas',
  title: 'A cluster keeps within the quotas of an account',
  severity: 'warning',
  fix: 'Ask for a higher quota before you deploy, or put more into each',
  reason: 'EKS refuses the next one.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html',
  * find(platform) {
    for (const cluster of platform.clusters) {
      for (const [type, what, quota] of QUOTAS) {
        const count = platform.ofCluster(cluster, type).length;
        if (count > quota) {
          yield { resource: cluster.resource, message: `${count} ${what} are more than the ${quota} that an account may have in a cluster` };
        }
      }
    }
  },
};
