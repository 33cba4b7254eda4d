import { KUBERNETES_VERSIONS, KUBERNETES_VERSIONS_CHECKED_ON } from '../../catalogue/kubernetes-versions';
import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { inEach } from '../find';

export const CLUSTER_VERSION: Check = {
  id: 'cluster-version',
  title: 'The Kubernetes version is one that EKS still offers',
  severity: 'error',
  fix: 'Upgrade, one minor version at a time',
  reason: 'EKS makes no new cluster of such a version.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',
  find: ({ clusters }) => inEach(clusters, ({ version }) => {
    const oldest = KUBERNETES_VERSIONS[0].version;
    return version !== undefined && !(/^1\.\d+$/.test(version) && minorOf(version) >= minorOf(oldest))
      && ['Version', `version "${version}" is older than ${oldest}, the oldest of ${KUBERNETES_VERSIONS_CHECKED_ON}, or none`];
  }),
};
