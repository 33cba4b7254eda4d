import { Check } from '../check';
import { inEach } from '../find';
import { known } from '../values';

/** Names of most kinds are subdomains; those of RBAC are path segments. */
const nameOf = (kind: string, apiVersion: string) => apiVersion.startsWith('rbac.authorization.k8s.io/') || /^(Role|ClusterRole)(Binding)?$/.test(kind)
  ? /^(?!\.{1,2}$)[^/%]+$/
  : /^(Service|Namespace)$/.test(kind) && apiVersion === 'v1' ? /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/ : /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const OBJECT_IDENTITY: Check = {
  id: 'object-identity',
  title: 'Every object says what it is and is named as Kubernetes names things',
  severity: 'error',
  fix: 'Give apiVersion, kind and metadata.name, in lower case letters, digits, "-" and "."',
  reason: 'The API server refuses it, or nobody finds it again.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  find: ({ objects }) => inEach(objects, ({ manifest: { apiVersion, kind, metadata } }) => {
    const missing = Object.entries({ apiVersion, kind, 'metadata.name': metadata?.name }).find(([, value]) => typeof value !== 'string' || value === '');
    return missing
      ? [missing[0], `${missing[0]} is missing${metadata?.generateName === undefined ? '' : `, and metadata.generateName is "${metadata.generateName}"`}`]
      : known(metadata.name) !== undefined && !nameOf(kind, apiVersion).test(metadata.name) && ['metadata.name', `"${metadata.name}" is no name for a ${kind}`];
  }),
};
