import { DeliveredObject } from './delivered';
import { Platform } from './platform';

/** The autoscaler beside a workload that scales it: where the kind of what is scaled is not named, it is a Deployment. */
export function scalerOf(platform: Platform, workload: DeliveredObject): DeliveredObject | undefined {
  return platform.beside(workload, 'HorizontalPodAutoscaler', 'ScaledObject').find(({ manifest }) => {
    const { kind = 'Deployment', name } = manifest.spec?.scaleTargetRef ?? {};
    return name === workload.manifest.metadata?.name && kind === workload.manifest.kind;
  });
}
