import { Bad, Good, deliver } from '../fixtures';

export const good: Good = {
  'nothing is said': stack => deliver(stack, [{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'files' }, spec: { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-1', volumeAttributes: {} } } }]),
};

export const bad: Bad = {
  'it is off': [stack => deliver(stack, [{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'files' }, spec: { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-1', volumeAttributes: { encryptInTransit: 'false' } } } }]), 'encryptInTransit is false'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.csi.volumeAttributes.encryptInTransit'];
