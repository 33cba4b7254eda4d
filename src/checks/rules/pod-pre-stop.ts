import { Check } from '../check';
import { inContainers } from '../find';

/** Seconds that a preStop hook sleeps. */
function sleepOf({ sleep, exec }: any): number {
  const [, seconds] = /(?:^|\s)sleep\s+(\d+)/.exec((exec?.command ?? []).join(' ')) ?? [];
  return Number(sleep?.seconds ?? seconds ?? 0);
}

export const POD_PRE_STOP: Check = {
  id: 'pod-pre-stop',
  title: 'A pod has time to stop after its preStop hook',
  severity: 'warning',
  fix: 'Give terminationGracePeriodSeconds the time of the hook and that of the application',
  reason: 'The hook takes all of the grace period: the application is killed without having been told to stop.',
  link: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
  find: platform => inContainers(platform, ({ name, spec }, pod) => {
    const [sleep, grace] = [sleepOf(spec.lifecycle?.preStop ?? {}), Number(pod.spec.terminationGracePeriodSeconds ?? 30)];
    return sleep > 0 && sleep >= grace && ['lifecycle.preStop', `container "${name}" sleeps for ${sleep} seconds, and terminationGracePeriodSeconds is ${grace}`];
  }),
};
