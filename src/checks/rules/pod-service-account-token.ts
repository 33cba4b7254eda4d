import { Check } from '../check';
import { inPods } from '../find';

export const POD_SERVICE_ACCOUNT_TOKEN: Check = {
  id: 'pod-service-account-token',
  title: 'Pods that do not call the API server have no token for it',
  severity: 'warning',
  optional: true,
  fix: 'Set automountServiceAccountToken to false in the pod or its service account, or turn the check off for what calls the API server',
  reason: 'Whoever breaks into the container can call the API server.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  find: platform => inPods(platform, ({ object, serviceAccount, spec }) => {
    const account = platform.beside(object, 'ServiceAccount').find(({ manifest }) => manifest.metadata?.name === serviceAccount);
    const mounts = spec.automountServiceAccountToken ?? account?.manifest.automountServiceAccountToken ?? true;
    return mounts === true && ['automountServiceAccountToken', `automountServiceAccountToken is ${spec.automountServiceAccountToken ?? 'not given'}`];
  }),
};
