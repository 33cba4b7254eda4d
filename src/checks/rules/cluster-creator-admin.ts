import { Check } from '../check';

export const CLUSTER_CREATOR_ADMIN: Check = {
  id: 'cluster-creator-admin',
  title: 'Who made the cluster is not its administrator for ever',
  severity: 'warning',
  fix: 'Set BootstrapClusterCreatorAdminPermissions to false, and give access entries to the roles of people',
  reason: 'The role that deploys keeps all rights in the cluster, in no list that anybody reviews; where nothing is said it has them.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  * find({ clusters }) {
    for (const { resource, properties: { AccessConfig: access = {} } } of clusters) {
      if (resource.type === 'AWS::EKS::Cluster' && String(access.BootstrapClusterCreatorAdminPermissions ?? true) === 'true') {
        yield { resource, location: 'AccessConfig', message: 'BootstrapClusterCreatorAdminPermissions is not false' };
      }
    }
  },
};
