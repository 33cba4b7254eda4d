import { Check } from '../check';

export const CLUSTER_DELETION_PROTECTION: Check = {
  id: 'cluster-deletion-protection',
  title: 'A cluster is not deleted by mistake',
  severity: 'warning',
  optional: true,
  fix: 'Set DeletionProtection to true',
  reason: 'Right for production only: a stack with it on cannot be taken down before it is off.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/delete-cluster.html',
  * find({ clusters }) {
    for (const { resource, properties } of clusters) {
      if (String(properties.DeletionProtection ?? false) === 'false') {
        yield { resource, location: 'DeletionProtection', message: 'DeletionProtection is off' };
      }
    }
  },
};
