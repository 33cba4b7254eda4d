import { Check } from '../check';
import { inObjects } from '../find';
import { listOf } from '../values';

export const AUTOSCALER_TARGET: Check = {
  id: 'autoscaler-target',
  title: 'An autoscaler scales something that has what it measures',
  severity: 'warning',
  fix: 'Name a workload that is there, and give its containers a request of what is measured',
  reason: 'Usage in percent is of the request: without one the autoscaler does nothing.',
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  find: platform => inObjects(platform, ['HorizontalPodAutoscaler'], object => {
    const { scaleTargetRef: target, metrics } = object.manifest.spec ?? {};
    const pod = platform.podsBeside(object).find(other => other.kind === target?.kind && other.object.manifest.metadata?.name === target?.name);
    const measured: string[] = listOf<any>(metrics).map(({ resource }: any) => resource?.target?.type === 'Utilization' ? resource.name : undefined).filter(Boolean);
    const lacking = pod?.containers.filter(({ isInit }) => !isInit).flatMap(({ name, spec: { resources: { requests, limits } = {} as any } }) =>
      measured.filter(resource => requests?.[resource] === undefined && limits?.[resource] === undefined).map(resource => [name, resource]))[0];
    return lacking && !pod?.spec.resources?.requests && ['spec.metrics', `container "${lacking[0]}" of ${pod!.object.name} has no request of ${lacking[1]}`];
  }),
};
