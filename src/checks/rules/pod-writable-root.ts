import { Check } from '../check';
import { inContainers } from '../find';

export const POD_WRITABLE_ROOT: Check = {
  id: 'pod-writable-root',
  title: 'No container writes to its own file system',
  severity: 'warning',
  optional: true,
  fix: 'Set securityContext.readOnlyRootFilesystem to true, and mount emptyDir volumes where it writes',
  reason: 'Right for hardened platforms only: many images write to their root.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  find: platform => inContainers(platform, ({ name, spec }, pod) =>
    !pod.isWindows && spec.securityContext?.readOnlyRootFilesystem !== true
    && ['securityContext.readOnlyRootFilesystem', `the root file system of container "${name}" is writable`]),
};
