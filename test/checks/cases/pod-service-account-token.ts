import { Bad, deliver, deployment, Good } from '../fixtures';

const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop' }, automountServiceAccountToken: false };

export const good: Good = {
  'off in the pod': stack => deliver(stack, [deployment()]),
  'off in its service account': stack => deliver(stack, [deployment({ automountServiceAccountToken: undefined }), account]),
  'off in the one of pods that name none': stack => deliver(stack, [
    deployment({ automountServiceAccountToken: undefined, serviceAccountName: undefined }), { ...account, metadata: { name: 'default', namespace: 'shop' } },
  ]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [deployment({ automountServiceAccountToken: undefined })]), 'automountServiceAccountToken is not given'],
  'on in the pod': [stack => deliver(stack, [deployment({ automountServiceAccountToken: true }), account]), 'automountServiceAccountToken is true'],
  'off in another service account': [stack => deliver(stack, [deployment({ automountServiceAccountToken: undefined, serviceAccountName: undefined }), account]), 'automountServiceAccountToken is not given'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.template.spec.automountServiceAccountToken'];
