import { only, render } from './render';
import { EfsStorageClass, EfsStorageClassOptions } from '../../src/charts/efs-storage-class';
import { VolumeReclaimPolicy } from '../../src/charts/gp3-storage-class';

const storageClass = (options: EfsStorageClassOptions = {}, fileSystemId = 'fs-1234') =>
  only(render(chart => new EfsStorageClass(chart, 'Class', { fileSystemId, ...options }), { namespace: 'shop' }), 'StorageClass');

test('each claim gets an access point of the file system', () => {
  expect(storageClass()).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'efs', annotations: { 'storageclass.kubernetes.io/is-default-class': 'false', 'eks-slipway/on-immutable': 'replace' } },
    provisioner: 'efs.csi.aws.com',
    parameters: { provisioningMode: 'efs-ap', fileSystemId: 'fs-1234', directoryPerms: '700' },
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  });
});

test('each prop has its place, as text where the driver wants text', () => {
  expect(storageClass({
    name: 'shared',
    defaultClass: true,
    basePath: '/volumes',
    subPathPattern: '${.PVC.namespace}/${.PVC.name}',
    directoryPermissions: '0770',
    uid: 1000,
    gid: 0,
    mountOptions: ['iam'],
    zoneAffinity: true,
    reclaimPolicy: VolumeReclaimPolicy.RETAIN,
  })).toMatchObject({
    metadata: { name: 'shared', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true', 'eks-slipway/on-immutable': 'replace' } },
    parameters: { basePath: '/volumes', subPathPattern: '${.PVC.namespace}/${.PVC.name}', directoryPerms: '0770', uid: '1000', gid: '0', enforceZoneAffinity: 'true' },
    mountOptions: ['iam'],
    reclaimPolicy: 'Retain',
    // otherwise the volume is made before a zone is asked for
    volumeBindingMode: 'WaitForFirstConsumer',
  });
});

test.each<[string, EfsStorageClassOptions, string]>([
  ['a user without a group', { uid: 1000 }, '"uid" is 1000 but "gid" is missing'],
  ['a group without a user', { gid: 0 }, '"gid" is 0 but "uid" is missing'],
  ['permissions that are not octal', { directoryPermissions: 'rwx' }, '"directoryPermissions" is "rwx"'],
  ['a path that is relative', { basePath: 'volumes' }, '"basePath" is "volumes"'],
  ['a user that is none', { uid: -1, gid: 0 }, '"uid" is -1'],
  ['a name that is none', { name: 'EFS' }, '"name" is "EFS"'],
])('%s is refused', (_, options, message) => {
  expect(() => storageClass(options)).toThrow(message);
});

test('something else than a file system is refused', () => {
  expect(() => storageClass({}, 'fsap-1234')).toThrow('"fileSystemId" is "fsap-1234"');
});
