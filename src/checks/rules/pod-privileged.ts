import { Check } from '../check';
import { inContainers } from '../find';

export const POD_PRIVILEGED: Check = {
  id: 'pod-privileged',
  title: 'No container is privileged',
  severity: 'warning',
  fix: 'Remove securityContext.privileged, and add the capabilities that are needed',
  reason: 'A privileged container is root on its node, and reads the credentials of every pod on it.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  find: platform => inContainers(platform, ({ name, spec }) =>
    spec.securityContext?.privileged === true && ['securityContext.privileged', `container "${name}" is privileged`]),
};
