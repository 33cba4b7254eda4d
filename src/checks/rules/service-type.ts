import { Check } from '../check';
import { inObjects } from '../find';
import { known } from '../values';

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];

export const SERVICE_TYPE: Check = {
  id: 'service-type',
  title: 'A Service has one of the types that there are',
  severity: 'error',
  fix: 'Give ClusterIP, NodePort, LoadBalancer or ExternalName',
  reason: 'The API server refuses it.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  find: platform => inObjects(platform, ['Service'], ({ manifest: { spec, apiVersion } }) =>
    apiVersion === 'v1' && known(spec?.type) !== undefined && !TYPES.includes(spec.type) && ['spec.type', `"${spec.type}" is no type of a Service`]),
};
