import { Check } from '../check';
import { inPods } from '../find';

export const POD_HOST_NAMESPACES: Check = {
  id: 'pod-host-namespaces',
  title: 'No pod lives in the namespaces of its node',
  severity: 'warning',
  fix: 'Remove the field; what has to see the node belongs into kube-system, as a DaemonSet',
  reason: 'In the host network a pod reaches the instance metadata and with it the role of the node; in the host\'s process namespace it reads the environment of every process.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html',
  find: platform => inPods(platform, ({ spec }) => {
    const field = ['hostNetwork', 'hostPID', 'hostIPC'].find(name => spec[name] === true);
    return field !== undefined && [field, `${field} is true`];
  }),
};
