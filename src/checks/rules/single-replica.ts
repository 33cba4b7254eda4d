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
    const scaler = scalerOf(platform, object);
    const least = scaler?.manifest.kind === 'HorizontalPodAutoscaler' ? scaler.manifest.spec?.minReplicas ?? 1 : scaler ? undefined : object.manifest.spec?.replicas ?? 1;
    const serves = platform.beside(object, 'Service').some(({ manifest }) => selects(manifest.spec?.selector, labels));
    return kind === 'Deployment' && least === 1 && serves
      && ['', scaler ? `one replica serves all traffic while there is little: minReplicas of ${scaler.name} is 1` : 'one replica serves all traffic'];
  }),
};
