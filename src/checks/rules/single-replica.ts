import { Check } from '../check';
import { inPods } from '../find';
import { selects } from '../selector';

export const SINGLE_REPLICA: Check = {
  id: 'single-replica',
  title: 'What a Service sends traffic to has a second replica',
  severity: 'warning',
  fix: 'Give two replicas or more, or a HorizontalPodAutoscaler with a minReplicas of 2',
  reason: 'With one, every drain of its node, and so every upgrade, is an outage.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inPods(platform, ({ object, kind, labels, namespace }) => {
    const { spec, metadata } = object.manifest;
    const here = (kinds: string[]) => platform.ofKind(...kinds).filter(other => other.clusterKey === object.clusterKey
      && (other.manifest.metadata?.namespace ?? 'default') === namespace).map(({ manifest }) => manifest.spec ?? {});
    const isScaled = here(['HorizontalPodAutoscaler', 'ScaledObject']).some(({ scaleTargetRef: target }) => target?.name === metadata?.name);
    const serves = here(['Service']).some(({ selector }) => selects(selector, labels));
    return kind === 'Deployment' && (spec?.replicas ?? 1) === 1 && !isScaled && serves && ['', 'one replica serves all traffic'];
  }),
};
