import { Check } from '../check';

export const CLUSTER_LOGGING: Check = {
  id: 'cluster-logging',
  title: 'The control plane logs who did what',
  severity: 'warning',
  fix: 'Enable at least the log types api, audit and authenticator',
  reason: 'Without the audit log nobody can tell later who deleted the deployment.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html',
  * find({ clusters }) {
    for (const { resource, properties } of clusters) {
      const types = (properties.Logging?.ClusterLogging?.EnabledTypes ?? []).map((log: any) => log.Type)
        .concat((Array.isArray(properties.Logging?.ClusterLogging) ? properties.Logging.ClusterLogging : [])
          .flatMap((logging: any) => logging.Enabled ? logging.Types : []));
      const missing = ['api', 'audit', 'authenticator'].filter(type => !types.includes(type));
      if (missing.length > 0) {
        yield { resource, location: 'Logging', message: `the logs ${missing.join(', ')} are off` };
      }
    }
  },
};
