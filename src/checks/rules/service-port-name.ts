import { Check } from '../check';
import { inObjects } from '../find';
import { selects } from '../selector';
import { isUnknown, known, listOf } from '../values';

export const SERVICE_PORT_NAME: Check = {
  id: 'service-port-name',
  title: 'A Service names ports that its pods have',
  severity: 'error',
  fix: 'Use the name or number of a containerPort as targetPort',
  reason: 'A name that no container has gives the Service no endpoint, without an error.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  find: platform => inObjects(platform, ['Service'], object => {
    const { selector, ports } = object.manifest.spec ?? {};
    const pods = platform.podsBeside(object).filter(pod => selects(selector, pod.labels));
    const names = pods.flatMap(({ containers }) => containers.flatMap(({ spec }) => listOf<any>(spec.ports).map((port: any) => port.name)));
    const lost = listOf<any>(ports).find((port: any) => typeof known(port.targetPort) === 'string' && !/^\d+$/.test(port.targetPort) && !names.includes(port.targetPort) && !names.some(isUnknown));
    return pods.length > 0 && lost && ['spec.ports', `targetPort "${lost.targetPort}" is the name of no port of ${pods[0].object.name}`];
  }),
};
