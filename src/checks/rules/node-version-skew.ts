import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { destination } from '../delivered';
import { knownText } from '../values';

export const NODE_VERSION_SKEW: Check = {
  id: 'node-version-skew',
  title: 'Nodes are no newer than the control plane, and three versions older at most',
  severity: 'error',
  fix: 'Give the version of the cluster, or leave it out',
  reason: 'EKS refuses other node groups.',
  link: 'https://kubernetes.io/releases/version-skew-policy/#kubelet',
  * find(platform) {
    for (const resource of platform.ofType('AWS::EKS::Nodegroup', 'AWS::EKS::Addon')) {
      const { Version: own, AddonName: addon, AddonVersion: addonVersion } = resource.properties;
      const [location, given] = addon === 'kube-proxy' ? ['AddonVersion', addonVersion] : ['Version', addon === undefined ? own : undefined];
      const version = knownText(given);
      const cluster = destination(platform, resource).cluster?.version;
      const behind = version === undefined || cluster === undefined ? 0 : minorOf(cluster) - minorOf(version);
      if (behind < 0 || behind > 3) {
        yield { resource, location, message: `${location} is ${version}, and that of the cluster ${cluster}` };
      }
    }
  },
};
