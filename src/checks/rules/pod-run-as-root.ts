import { Check } from '../check';
import { inContainers } from '../find';
import { isUnknown } from '../values';

export const POD_RUN_AS_ROOT: Check = {
  id: 'pod-run-as-root',
  title: 'No container runs as root',
  severity: 'warning',
  fix: 'Set runAsNonRoot: true, and runAsUser where the image has no user of its own',
  reason: 'Root in a container is root on the node once it breaks out.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  find: platform => inContainers(platform, ({ name, spec }, pod) => {
    const { runAsUser = pod.spec.securityContext?.runAsUser, runAsNonRoot = pod.spec.securityContext?.runAsNonRoot } = spec.securityContext ?? {};
    if (pod.isWindows || runAsUser > 0 || [runAsUser, runAsNonRoot].some(isUnknown) || (runAsNonRoot === true && runAsUser !== 0)) {
      return undefined;
    }
    return ['securityContext', `container "${name}" ${runAsUser === 0 ? 'has runAsUser 0' : 'may run as root: runAsNonRoot is not true'}`];
  }),
};
