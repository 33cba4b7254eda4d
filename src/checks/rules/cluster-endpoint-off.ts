import { Check } from '../check';

export const CLUSTER_ENDPOINT_OFF: Check = {
  id: 'cluster-endpoint-off',
  title: 'Somebody can reach the API server',
  severity: 'error',
  fix: 'Turn the private endpoint on',
  reason: 'EKS refuses a cluster that has neither endpoint.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  * find({ clusters }) {
    for (const { resource, properties: { ResourcesVpcConfig: vpc = {} } } of clusters) {
      if (String(vpc.EndpointPublicAccess) === 'false' && String(vpc.EndpointPrivateAccess ?? false) === 'false') {
        yield { resource, location: 'ResourcesVpcConfig', message: 'both endpoints are off' };
      }
    }
  },
};
