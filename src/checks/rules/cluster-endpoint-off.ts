import { Check } from '../check';
import { inEach } from '../find';
import { isFalse } from '../values';

export const CLUSTER_ENDPOINT_OFF: Check = {
  id: 'cluster-endpoint-off',
  title: 'Somebody can reach the API server',
  severity: 'error',
  fix: 'Turn the private endpoint on',
  reason: 'EKS refuses a cluster that has neither endpoint.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  find: ({ clusters }) => inEach(clusters, ({ properties: { ResourcesVpcConfig: vpc } }) =>
    isFalse(vpc?.EndpointPublicAccess) && isFalse(vpc.EndpointPrivateAccess ?? false) && ['ResourcesVpcConfig', 'both endpoints are off']),
};
