import { Check } from '../check';
import { UNNAMED } from '../installed';
import { listOf } from '../values';

export const POD_IDENTITY_AGENT: Check = {
  id: 'pod-identity-agent',
  title: 'Pod Identity has its agent',
  severity: 'warning',
  fix: 'Install the add-on eks-pod-identity-agent; Auto Mode has it',
  reason: 'Without the agent on the node pods get no credentials.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html',
  * find(platform) {
    for (const cluster of platform.clusters.filter(({ isAutoMode }) => !isAutoMode)) {
      const installed = platform.installed(cluster.resource.path);
      const [resource] = [
        ...platform.ofCluster(cluster, 'AWS::EKS::PodIdentityAssociation'),
        ...platform.ofCluster(cluster, 'AWS::EKS::Addon').filter(({ properties }) => listOf(properties.PodIdentityAssociations).length > 0),
      ];
      if (resource && !['eks-pod-identity-agent', UNNAMED].some(name => installed.has(name))) {
        yield { resource, message: `cluster ${cluster.resource.path} has no add-on eks-pod-identity-agent` };
      }
    }
  },
};
