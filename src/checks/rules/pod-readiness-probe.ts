import { Check } from '../check';
import { inPods } from '../find';
import { selects } from '../selector';
import { listOf } from '../values';

export const POD_READINESS_PROBE: Check = {
  id: 'pod-readiness-probe',
  title: 'What a Service sends traffic to says when it is ready',
  severity: 'warning',
  fix: 'Give the container a readinessProbe',
  reason: 'Without one a pod gets requests before it listens, at every start and every deployment.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inPods(platform, ({ object, spec, labels }) => {
    const service = platform.beside(object, 'Service').find(({ manifest }) => selects(manifest.spec?.selector, labels));
    return service && !listOf<any>(spec.containers).some((container: any) => container.readinessProbe)
      && ['containers', `pods without a readinessProbe get traffic from ${service.name}`];
  }),
};
