import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { known } from '../values';

export const NODE_VERSION_SKEW: Check = {
  id: 'node-version-skew',
  title: 'Nodes are no newer than the control plane, and three versions older at most',
  severity: 'error',
  fix: 'Give the version of the cluster, or leave it out',
  reason: 'EKS refuses other node groups.',
  link: 'https://kubernetes.io/releases/version-skew-policy/#kubelet',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup')) {
      const version = known<string>(resource.properties.Version);
      const cluster = platform.cluster(resource.properties.ClusterName, resource.template)?.version;
      const behind = version === undefined || cluster === undefined ? 0 : minorOf(cluster) - minorOf(version);
      if (behind < 0 || behind > 3) {
        yield { resource, location: 'Version', message: `Version is ${version}, and that of the cluster ${cluster}` };
      }
    }
  },
};
