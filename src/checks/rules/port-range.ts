import { Check } from '../check';
import { inObjects } from '../find';
import { known, listOf } from '../values';

export const PORT_RANGE: Check = {
  id: 'port-range',
  title: 'Ports are numbers from 1 to 65535',
  severity: 'error',
  fix: 'Give another port; a nodePort is from 30000 to 32767 unless the cluster says otherwise',
  reason: 'The API server refuses it.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  * find(platform) {
    const isNone = (port: any) => known(port) !== undefined && /^\d+$|^-/.test(String(port)) && !(port >= 1 && port <= 65535);
    yield* inObjects(platform, ['Service'], ({ manifest: { spec = {} } }) => {
      const wrong = (Array.isArray(spec.ports) ? spec.ports : []).flatMap((port: any) => [port.port, port.targetPort]).find(isNone);
      return wrong !== undefined && ['spec.ports', `the port ${wrong} is none`];
    });
    for (const { object: { resource, name: object }, containers } of platform.pods) {
      for (const { location, name, spec } of containers) {
        const wrong = listOf<any>(spec.ports).find(({ containerPort: port }: any) => isNone(port));
        if (wrong) {
          yield { resource, object, location: `${location}.ports`, message: `the port ${wrong.containerPort} of container "${name}" is none` };
        }
      }
    }
  },
};
