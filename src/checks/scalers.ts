import { DeliveredObject } from './delivered';
import { Platform } from './platform';

/** Autoscalers beside a workload that scale something of its name. */
export function scalersOf(platform: Platform, workload: DeliveredObject): DeliveredObject[] {
  return platform.beside(workload, 'HorizontalPodAutoscaler', 'ScaledObject')
    .filter(({ manifest }) => manifest.spec?.scaleTargetRef?.name === workload.manifest.metadata?.name);
}

/** The one of them that names the workload's kind too: where none is named it is a Deployment. */
export function scalerOf(platform: Platform, workload: DeliveredObject): DeliveredObject | undefined {
  return scalersOf(platform, workload).find(({ manifest: { spec } }) => (spec?.scaleTargetRef?.kind ?? 'Deployment') === workload.manifest.kind);
}
