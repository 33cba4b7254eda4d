import { Check } from '../check';

/** EKS knows roles without their path. */
const normalized = (principal: any) => typeof principal === 'string' ? principal.replace(/:role\/.*\//, ':role/') : principal;

export const ACCESS_ENTRY_DUPLICATE: Check = {
  id: 'access-entry-duplicate',
  title: 'A principal has one access entry in a cluster',
  severity: 'error',
  fix: 'Give one entry all policies, or leave out what EKS makes itself for node groups and Fargate profiles',
  reason: 'EKS refuses the second one.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  * find(platform) {
    const seen = new Map<string, string>();
    for (const resource of platform.ofType('AWS::EKS::AccessEntry')) {
      const { ClusterName: cluster, PrincipalArn: principal } = resource.properties;
      const where = platform.cluster(cluster, resource.template)?.resource.path ?? cluster;
      const key = JSON.stringify([where, normalized(platform.target(principal, resource.template)?.path ?? principal)]);
      const other = seen.get(key);
      if (other !== undefined) {
        yield { resource, location: 'PrincipalArn', message: `${other} is an entry for the same principal` };
      }
      seen.set(key, resource.path);
    }
  },
};
