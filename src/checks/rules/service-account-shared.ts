import { Check } from '../check';
import { Pod } from '../pod';

export const SERVICE_ACCOUNT_SHARED: Check = {
  id: 'service-account-shared',
  title: 'A service account with a role is of one workload',
  severity: 'warning',
  optional: true,
  fix: 'Give each workload a service account, and each of these a role with what the workload needs',
  reason: 'Each of the workloads has the permissions of all.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  * find(platform) {
    const first = new Map<string, Pod>();
    for (const pod of platform.pods.filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))) {
      const key = [pod.object.clusterKey, pod.namespace, pod.serviceAccount].join('\n');
      const other = first.get(key);
      if (other && platform.serviceAccountRoles.ofPod(pod)) {
        yield { resource: pod.object.resource, object: pod.object.name, location: `${pod.location}.serviceAccountName`, message: `"${pod.serviceAccount}" is the service account of ${other.object.name} too` };
      }
      first.set(key, other ?? pod);
    }
  },
};
