import { Stack } from 'aws-cdk-lib';
import { Bad, deliver, Good } from '../fixtures';

const volume = (stack: Stack, volumeHandle: string, driver = 'efs.csi.aws.com') => deliver(stack, [{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'files' }, spec: { csi: { driver, volumeHandle } } }]);

export const good: Good = {
  'an access point': stack => volume(stack, 'fs-1::fsap-1'),
  'another driver': stack => volume(stack, 'vol-1', 'ebs.csi.aws.com'),
  'one that the deployment knows': stack => volume(stack, stack.stackId),
};

export const bad: Bad = {
  'the file system': [stack => volume(stack, 'fs-1'), 'volumeHandle is fs-1'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.csi.volumeHandle'];
