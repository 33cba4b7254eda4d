import { Check } from '../check';
import { destination } from '../delivered';
import { repeats } from '../repeats';
import { Resource } from '../resource';

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
    const keyOf = (entry: Resource) => {
      const principal = entry.properties.PrincipalArn;
      return [destination(platform, entry).clusterKey, normalized(platform.target(principal, entry.template)?.path ?? principal)];
    };
    for (const [resource, other] of repeats(platform.ofType('AWS::EKS::AccessEntry'), keyOf)) {
      yield { resource, location: 'PrincipalArn', message: `${other.path} is an entry for the same principal` };
    }
  },
};
