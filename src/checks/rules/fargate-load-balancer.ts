import { Check } from '../check';
import { DeliveredObject } from '../delivered';
import { fargateProfileOf } from '../fargate';
import { inObjects, Wrong } from '../find';
import { Platform } from '../platform';
import { selects } from '../selector';
import { listOf } from '../values';

/** What is wrong with instance targets of a service. */
function instanceTargets(platform: Platform, service: DeliveredObject, location: string, value: any): Wrong {
  const pod = platform.podsBeside(service).find(other => selects(service.manifest.spec?.selector, other.labels) && fargateProfileOf(platform, other));
  return pod && [location, `targets are of type ${value ?? 'instance, as nothing is said'}, and ${pod.object.name} runs on Fargate`];
}

/** What the load balancer controller does where nothing is said; undefined where a class of its own may say it. */
function usualType(platform: Platform, { clusterKey }: DeliveredObject): string | undefined {
  const controller = platform.releases.find(release => release.clusterKey === clusterKey && release.chartName === 'aws-load-balancer-controller');
  return controller?.values.defaultTargetType ?? platform.ofKindIn(clusterKey, 'IngressClassParams').map(({ manifest }) => manifest.spec?.targetType).find(Boolean);
}

/** Whether somebody else than the load balancer controller serves it. */
function isOfOthers({ metadata, spec }: any): boolean {
  const name = spec?.ingressClassName ?? metadata?.annotations?.['kubernetes.io/ingress.class'];
  return name !== undefined && name !== 'alb';
}

const CONTROLLER = 'service.beta.kubernetes.io/aws-load-balancer-type';
const SERVICE = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const INGRESS = 'alb.ingress.kubernetes.io/target-type';

export const FARGATE_LOAD_BALANCER: Check = {
  id: 'fargate-load-balancer',
  title: 'Load balancers reach pods on Fargate by their addresses',
  severity: 'error',
  fix: 'Annotate it with target type ip',
  reason: 'There is no instance to send requests to.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html',
  * find(platform) {
    yield* inObjects(platform, ['Service'], service => {
      const { metadata, spec } = service.manifest;
      const type = metadata?.annotations?.[SERVICE] ?? (metadata?.annotations?.[CONTROLLER] === 'nlb-ip' ? 'ip' : usualType(platform, service));
      return spec?.type === 'LoadBalancer' && type !== 'ip' && instanceTargets(platform, service, `metadata.annotations["${SERVICE}"]`, type);
    });
    yield* inObjects(platform, ['Ingress'], ingress => {
      const { metadata, spec } = ingress.manifest;
      const type = metadata?.annotations?.[INGRESS] ?? usualType(platform, ingress);
      const paths = listOf<any>(spec?.rules).flatMap((rule: any) => rule.http?.paths ?? []);
      const names = [spec?.defaultBackend, ...paths.map(({ backend }: any) => backend)].map(backend => backend?.service?.name);
      const services = platform.beside(ingress, 'Service').filter(({ manifest }) => names.includes(manifest.metadata?.name));
      return type === 'ip' || isOfOthers(ingress.manifest) ? undefined : services.map(service => instanceTargets(platform, service, `metadata.annotations["${INGRESS}"]`, type)).find(Boolean);
    });
  },
};
