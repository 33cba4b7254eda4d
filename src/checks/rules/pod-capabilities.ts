import { Check } from '../check';
import { inContainers } from '../find';
import { listOf } from '../values';

const POWERFUL = ['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_PTRACE', 'SYS_RAWIO', 'SYS_BOOT', 'NET_ADMIN', 'NET_RAW', 'DAC_READ_SEARCH', 'BPF', 'PERFMON'];

export const POD_CAPABILITIES: Check = {
  id: 'pod-capabilities',
  title: 'No container has capabilities that make it the node\'s master',
  severity: 'warning',
  fix: 'Drop ALL, and add NET_BIND_SERVICE at most',
  reason: 'With these a process leaves its container, or reads the traffic of others.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  find: platform => inContainers(platform, ({ name, spec }) => {
    const added = listOf<any>(spec.securityContext?.capabilities?.add).find((capability: any) => POWERFUL.includes(String(capability).replace(/^CAP_/, '')));
    return added && ['securityContext.capabilities.add', `container "${name}" adds the capability ${added}`];
  }),
};
