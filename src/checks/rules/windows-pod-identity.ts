import { Check } from '../check';
import { inPods } from '../find';

export const WINDOWS_POD_IDENTITY: Check = {
  id: 'windows-pod-identity',
  title: 'Pods on Windows get their role by IRSA',
  severity: 'error',
  fix: 'Annotate the service account with a role whose trust policy names the OIDC provider',
  reason: 'The Pod Identity agent does not run on Windows: the pod has no credentials.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  find: platform => inPods(platform, pod => {
    const association = pod.isWindows && platform.serviceAccountRoles.associationOf(pod);
    return association && ['serviceAccountName', `"${pod.serviceAccount}" has a Pod Identity association (${association.path}), and the pod runs on Windows`];
  }),
};
