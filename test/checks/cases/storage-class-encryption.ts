import { Bad, Good, deliver } from '../fixtures';

const storageClass = (parameters: any) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'slow' }, provisioner: 'ebs.csi.aws.com', parameters });

export const good: Good = {
  'it is on': stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'ebs.csi.aws.com', parameters: { encrypted: 'true' } }]),
  'another driver': stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'efs.csi.aws.com', parameters: {} }]),
  'on, by a value that the deployment knows': stack => deliver(stack, [storageClass({ encrypted: stack.stackId })]),
};

export const bad: Bad = {
  'nothing is said': [stack => deliver(stack, [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3' } }]), 'encrypted is not set'],
  'it is off': [stack => deliver(stack, [storageClass({ encrypted: 'false' })]), 'encrypted is false'],
  'no parameters': [stack => deliver(stack, [storageClass(undefined)]), 'encrypted is not set'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['parameters.encrypted'];
