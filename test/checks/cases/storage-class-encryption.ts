import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'it is on': stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'ebs.csi.aws.com', parameters: { encrypted: 'true' } }]),
  'another driver': stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'efs.csi.aws.com', parameters: {} }]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3' } }]), 'encrypted is not set'],
};
