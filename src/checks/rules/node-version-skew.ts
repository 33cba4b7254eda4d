import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { destination } from '../delivered';
import { inResources } from '../find';
import { known } from '../values';

export const NODE_VERSION_SKEW: Check = {
  id: 'node-version-skew',
  title: 'Nodes are no newer than the control plane, and three versions older at most',
  severity: 'error',
  fix: 'Give the version of the cluster, or leave it out',
  reason: 'EKS refuses other node groups.',
  link: 'https://kubernetes.io/releases/version-skew-policy/#kubelet',
  find: platform => inResources(platform, ['AWS::EKS::Nodegroup'], resource => {
    const version = known<string>(resource.properties.Version);
    const cluster = destination(platform, resource).cluster?.version;
    const behind = version === undefined || cluster === undefined ? 0 : minorOf(cluster) - minorOf(version);
    return (behind < 0 || behind > 3) && ['Version', `Version is ${version}, and that of the cluster ${cluster}`];
  }),
};
