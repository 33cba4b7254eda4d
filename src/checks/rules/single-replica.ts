import { Check } from '../check';
import { inPods } from '../find';
import { scalerOf } from '../scaler';
import { selects } from '../selector';

export const SINGLE_REPLICA: Check = {
  id: 'single-replica',
  title: 'What a Service sends traffic to has a second replica',
  severity: 'warning',
  fix: 'Give two replicas or more, or a HorizontalPodAutoscaler with a minReplicas of 2',
  reason: 'With one, every drain of its node, and so every upgrade, is an outage.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inPods(platform, ({ object, kind, labels }) => {
    const isScaled = scalerOf(platform, object) !== undefined;
    const serves = platform.beside(object, 'Service').some(({ manifest }) => selects(manifest.spec?.selector, labels));
    return kind === 'Deployment' && (object.manifest.spec?.replicas ?? 1) === 1 && !isScaled && serves && ['', 'one replica serves all traffic'];
  }),
};
