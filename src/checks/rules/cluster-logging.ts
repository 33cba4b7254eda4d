import { Check } from '../check';
import { inEach } from '../find';
import { listOf } from '../values';

export const CLUSTER_LOGGING: Check = {
  id: 'cluster-logging',
  title: 'The control plane logs who did what',
  severity: 'warning',
  fix: 'Enable at least the log types api, audit and authenticator',
  reason: 'Without the audit log nobody can tell later who deleted the deployment.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  find: ({ clusters }) => inEach(clusters, ({ properties }) => {
    const types = listOf<any>(properties.Logging?.ClusterLogging?.EnabledTypes).map((log: any) => log.Type)
      .concat(listOf<any>(properties.Logging?.ClusterLogging).flatMap(logging => logging.Enabled ? logging.Types : []));
    const missing = ['api', 'audit', 'authenticator'].filter(type => !types.includes(type));
    return missing.length > 0 && ['Logging', `the logs ${missing.join(', ')} are off`];
  }),
};
