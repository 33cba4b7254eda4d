import { Check } from '../check';

export const POD_IDENTITY_AGENT: Check = {
  id: 'pod-identity-agent',
  title: 'Pod Identity has its agent',
  severity: 'warning',
  fix: 'Install the add-on eks-pod-identity-agent; Auto Mode has it',
  reason: 'Without the agent on the node pods get no credentials.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html',
  * find(platform) {
    for (const cluster of platform.clusters.filter(({ isAutoMode }) => !isAutoMode)) {
      const addons = platform.ofCluster(cluster, 'AWS::EKS::Addon').map(({ properties }) => properties.AddonName);
      const [resource] = platform.ofCluster(cluster, 'AWS::EKS::PodIdentityAssociation');
      if (resource && !addons.includes('eks-pod-identity-agent')) {
        yield { resource, message: `cluster ${cluster.resource.path} has no add-on eks-pod-identity-agent` };
      }
    }
  },
};
