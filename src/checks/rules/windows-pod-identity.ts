import { Check } from '../check';
import { inPods } from '../find';
import { ServiceAccountRoles } from '../service-account';

export const WINDOWS_POD_IDENTITY: Check = {
  id: 'windows-pod-identity',
  title: 'Pods on Windows get their role by IRSA',
  severity: 'error',
  fix: 'Annotate the service account with a role whose trust policy names the OIDC provider',
  reason: 'The Pod Identity agent does not run on Windows: the pod has no credentials.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  * find(platform) {
    const roles = new ServiceAccountRoles(platform);
    yield* inPods(platform, ({ object, namespace, spec }) => {
      const isWindows = spec.os?.name === 'windows' || spec.nodeSelector?.['kubernetes.io/os'] === 'windows';
      const account = spec.serviceAccountName ?? 'default';
      const association = isWindows && roles.associationOf(object, namespace, account);
      return association && ['serviceAccountName', `"${account}" has a Pod Identity association (${association.path}), and the pod runs on Windows`];
    });
  },
};
