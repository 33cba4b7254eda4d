import { Bad, Good, cluster, deliver, deployment } from '../fixtures';

export const good: Good = {
  'what is served': stack => deliver(stack, [deployment()]),
  'what is still served': stack => deliver(stack, [{ apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kind: 'FlowSchema', metadata: { name: 'a' } }], cluster(stack, { Version: '1.31' })),
  'another kind of such an API': stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1beta1', kind: 'VolumeAttributesClass', metadata: { name: 'a' } }], cluster(stack)),
};

export const bad: Bad = {
  'an API of the past': [stack => deliver(stack, [{ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'a' } }]), 'policy/v1beta1 was removed in Kubernetes 1.25: it is policy/v1 now'],
  'an API that this version removed': [stack => deliver(stack, [{ apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kind: 'FlowSchema', metadata: { name: 'a' } }], cluster(stack)), 'was removed in Kubernetes 1.32'],
  'an API that its project removed': [stack => deliver(stack, [{ apiVersion: 'karpenter.sh/v1beta1', kind: 'NodePool', metadata: { name: 'a' } }]), 'was removed by its project'],
  'in the very version that removed it': [stack => deliver(stack, [{ apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kind: 'FlowSchema', metadata: { name: 'a' } }], cluster(stack, { Version: '1.32' })), 'was removed in Kubernetes 1.32'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['apiVersion'];
