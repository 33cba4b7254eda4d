import { Check } from '../check';
import { inPods } from '../find';

export const REPLICA_SPREAD: Check = {
  id: 'replica-spread',
  title: 'Replicas do not share one node or one zone',
  severity: 'warning',
  fix: 'Add topologySpreadConstraints over topology.kubernetes.io/zone, or a podAntiAffinity',
  reason: 'Kubernetes spreads by preference only; after a few deployments all replicas may be where the one failure is.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inPods(platform, ({ object, kind, spec }) =>
    ['Deployment', 'StatefulSet'].includes(kind) && object.manifest.spec?.replicas > 1 && !spec.topologySpreadConstraints?.length && !spec.affinity?.podAntiAffinity
    && ['', `${object.manifest.spec.replicas} replicas have no topologySpreadConstraints`]),
};
