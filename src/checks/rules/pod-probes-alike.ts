import { Check } from '../check';
import { inContainers } from '../find';

export const POD_PROBES_ALIKE: Check = {
  id: 'pod-probes-alike',
  title: 'A pod that is not ready is not killed for it',
  severity: 'warning',
  fix: 'Let the livenessProbe ask for less, or fail later, than the readinessProbe',
  reason: 'With both alike a pod is restarted at the moment at which it should only be left alone, and an overload takes all replicas down.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  find: platform => inContainers(platform, ({ name, spec: { livenessProbe: live, readinessProbe: ready } }) => {
    const asks = (probe: any) => JSON.stringify([probe.httpGet, probe.tcpSocket, probe.exec, probe.grpc]);
    const patience = (probe: any) => (probe.failureThreshold ?? 3) * (probe.periodSeconds ?? 10);
    return live && ready && !ready.tcpSocket && asks(live) === asks(ready) && patience(live) <= patience(ready)
      && ['livenessProbe', `livenessProbe and readinessProbe of container "${name}" ask the same, and the first gives up after ${patience(live)} s`];
  }),
};
