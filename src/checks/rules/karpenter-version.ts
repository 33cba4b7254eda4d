import { KARPENTER_SINCE } from '../../catalogue/karpenter-compatibility';
import { minorOf } from '../../private/minor-of';
import { Check } from '../check';
import { inEach } from '../find';

export const KARPENTER_VERSION: Check = {
  id: 'karpenter-version',
  title: 'Karpenter knows the Kubernetes version of the cluster',
  severity: 'warning',
  fix: 'Upgrade Karpenter before the cluster',
  reason: 'An older one was not made for this Kubernetes, and may launch nodes that do not join.',
  link: 'https://karpenter.sh/docs/upgrading/compatibility/',
  find: ({ releases }) => inEach(releases, ({ chartName, version, cluster }) => {
    const kubernetes = cluster?.version;
    const since = kubernetes === undefined ? undefined : KARPENTER_SINCE[minorOf(kubernetes)];
    const [major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '')?.slice(1).map(Number) ?? [];
    return chartName === 'karpenter' && since && major !== undefined && (major - since[0] || minor - since[1]) < 0
      && ['Version', `it is ${version}, Kubernetes ${kubernetes} needs ${since.join('.')} or newer`];
  }),
};
