import { Check } from '../check';
import { inContainers } from '../find';
import { isUnknown } from '../values';

export const POD_PRIVILEGE_ESCALATION: Check = {
  id: 'pod-privilege-escalation',
  title: 'No process gains more privileges than its parent',
  severity: 'warning',
  fix: 'Set securityContext.allowPrivilegeEscalation to false',
  reason: 'It is allowed where nothing is said: a set-user-id binary in the image is then enough to become root.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  find: platform => inContainers(platform, ({ name, spec }, pod) =>
    !pod.isWindows && spec.securityContext?.allowPrivilegeEscalation !== false && !isUnknown(spec.securityContext?.allowPrivilegeEscalation)
    && ['securityContext.allowPrivilegeEscalation', `allowPrivilegeEscalation of container "${name}" is ${spec.securityContext?.allowPrivilegeEscalation ?? 'not set'}`]),
};
