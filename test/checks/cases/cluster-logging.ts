import { Bad, Good, cluster, resource } from '../fixtures';

export const good: Good = {
  'the three logs': stack => cluster(stack, { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'audit' }, { Type: 'authenticator' }] } } }),
  'the three logs of a cluster of aws-eks': stack => resource(stack, 'Cluster', 'Custom::AWSCDK-EKS-Cluster', { Config: { name: 'old', logging: { clusterLogging: [{ enabled: true, types: ['api', 'audit', 'authenticator'] }] } } }),
};

export const bad: Bad = {
  'no logs': [stack => cluster(stack), 'the logs api, audit, authenticator are off'],
  'audit is missing': [stack => cluster(stack, { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'authenticator' }] } } }), 'the logs audit are off'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Logging'];
