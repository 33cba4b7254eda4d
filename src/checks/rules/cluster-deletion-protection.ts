import { Check } from '../check';
import { inEach } from '../find';
import { isFalse } from '../values';

export const CLUSTER_DELETION_PROTECTION: Check = {
  id: 'cluster-deletion-protection',
  title: 'A cluster is not deleted by mistake',
  severity: 'warning',
  optional: true,
  fix: 'Set DeletionProtection to true',
  reason: 'Right for production only: a stack with it on cannot be taken down before it is off.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html',
  find: ({ clusters }) => inEach(clusters, ({ properties }) =>
    isFalse(properties.DeletionProtection ?? false) && ['DeletionProtection', 'DeletionProtection is off']),
};
