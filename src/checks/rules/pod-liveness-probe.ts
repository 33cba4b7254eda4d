import { Check } from '../check';
import { inContainers } from '../find';

export const POD_LIVENESS_PROBE: Check = {
  id: 'pod-liveness-probe',
  title: 'Every container is restarted when it hangs',
  severity: 'warning',
  optional: true,
  fix: 'Give the container a livenessProbe that asks only itself, never what it depends on',
  reason: 'Right for some containers only: a process that ends when it fails needs none, and a probe that is too eager restarts what is merely slow.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inContainers(platform, ({ name, spec, isInit }, pod) =>
    !isInit && !['Job', 'CronJob'].includes(pod.kind) && !spec.livenessProbe && ['livenessProbe', `container "${name}" has no livenessProbe`]),
};
