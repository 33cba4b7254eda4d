import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'the driver': stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'ebs.csi.aws.com', parameters: {} }]),
};

export const bad: Bad = {
  'the one of the past': [stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'kubernetes.io/aws-ebs', parameters: {} }]), '"kubernetes.io/aws-ebs" is part of Kubernetes no more'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['provisioner'];
