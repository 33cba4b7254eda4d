import { Check } from '../check';
import { inEach } from '../find';
import { isTrue } from '../values';

export const CLUSTER_CREATOR_ADMIN: Check = {
  id: 'cluster-creator-admin',
  title: 'Who made the cluster is not its administrator for ever',
  severity: 'warning',
  fix: 'Set BootstrapClusterCreatorAdminPermissions to false, and give access entries to the roles of people',
  reason: 'The role that deploys keeps all rights in the cluster, in no list that anybody reviews; where nothing is said it has them.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  find: ({ clusters }) => inEach(clusters, ({ resource, properties: { AccessConfig: access } }) =>
    resource.type === 'AWS::EKS::Cluster' && isTrue(access?.BootstrapClusterCreatorAdminPermissions ?? true)
    && ['AccessConfig', 'BootstrapClusterCreatorAdminPermissions is not false']),
};
