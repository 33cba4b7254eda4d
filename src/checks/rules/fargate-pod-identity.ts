import { Check } from '../check';
import { fargateProfileOf } from '../fargate';
import { inPods } from '../find';

export const FARGATE_POD_IDENTITY: Check = {
  id: 'fargate-pod-identity',
  title: 'Pods on Fargate get their role by IRSA',
  severity: 'error',
  fix: 'Annotate the service account with a role whose trust policy names the OIDC provider',
  reason: 'There is no Pod Identity agent on Fargate: the pod has no credentials.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  find: platform => inPods(platform, pod => {
    const profile = fargateProfileOf(platform, pod);
    const association = profile && platform.serviceAccountRoles.associationOf(pod);
    return association && ['serviceAccountName', `"${pod.serviceAccount}" has a Pod Identity association (${association.path}), and ${profile.path} takes the pod to Fargate`];
  }),
};
