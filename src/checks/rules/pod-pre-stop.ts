import { Check } from '../check';
import { inContainers, inObjects } from '../find';
import { selects } from '../selector';
import { knownText, listOf } from '../values';

/** Seconds that a preStop hook sleeps. */
function sleepOf({ sleep, exec }: any): number {
  const [, seconds] = /(?:^|\s)sleep\s+(\d+)/.exec(listOf<any>(exec?.command).join(' ')) ?? [];
  return Number(sleep?.seconds ?? seconds ?? 0);
}

/** Attributes of target groups, in annotations of an Ingress or a Service. */
const TARGET_ATTRIBUTES = /^(alb\.ingress\.kubernetes\.io\/|service\.beta\.kubernetes\.io\/aws-load-balancer-)target-group-attributes$/;

export const POD_PRE_STOP: Check = {
  id: 'pod-pre-stop',
  title: 'A pod has time to stop after its preStop hook, and while its load balancer drains it',
  severity: 'warning',
  fix: 'Give terminationGracePeriodSeconds the time of the hook and that of the application',
  reason: 'The application is killed without having been told to stop, or with requests that its load balancer lets end.',
  link: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
  * find(platform) {
    yield* inContainers(platform, ({ name, spec }, pod) => {
      const [sleep, grace] = [sleepOf(spec.lifecycle?.preStop ?? {}), Number(pod.spec.terminationGracePeriodSeconds ?? 30)];
      return sleep > 0 && sleep >= grace && ['lifecycle.preStop', `container "${name}" sleeps for ${sleep} seconds, and terminationGracePeriodSeconds is ${grace}`];
    });
    yield* inObjects(platform, ['Service', 'Ingress'], object => {
      const { metadata, spec } = object.manifest;
      const [annotation, text] = Object.entries<any>(metadata?.annotations ?? {}).find(([key]) => TARGET_ATTRIBUTES.test(key)) ?? [];
      const delay = Number(/deregistration_delay\.timeout_seconds=(\d+)/.exec(knownText(text) ?? '')?.[1] ?? 0);
      const names = listOf<any>(spec?.rules).flatMap(rule => listOf<any>(rule.http?.paths).map(path => path.backend?.service?.name));
      const services = object.manifest.kind === 'Service' ? [object] : platform.beside(object, 'Service').filter(({ manifest }) => names.includes(manifest.metadata?.name));
      const pod = platform.podsBeside(object).find(({ labels, spec: { terminationGracePeriodSeconds: grace = 30 } }) =>
        delay > Number(grace) && services.some(({ manifest }) => selects(manifest.spec?.selector, labels)));
      return pod && [`metadata.annotations["${annotation}"]`, `targets are drained for ${delay} seconds, and terminationGracePeriodSeconds of ${pod.object.name} is ${pod.spec.terminationGracePeriodSeconds ?? 30}`];
    });
  },
};
