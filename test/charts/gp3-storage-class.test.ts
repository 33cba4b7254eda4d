import { only, render } from './render';
import { Gp3StorageClass, Gp3StorageClassProps, VolumeReclaimPolicy } from '../../src/charts/gp3-storage-class';

function storageClass(props?: Gp3StorageClassProps): any {
  return only(render(chart => new Gp3StorageClass(chart, 'Class', props), { namespace: 'shop' }), 'StorageClass');
}

test('volumes are encrypted gp3, can grow, and are made where the pod is', () => {
  expect(storageClass()).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'false', 'eks-slipway/on-immutable': 'replace' } },
    provisioner: 'ebs.csi.aws.com',
    parameters: { 'type': 'gp3', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
});

test('each prop has its place, as text where the driver wants text', () => {
  const result = storageClass({
    name: 'fast',
    defaultClass: true,
    kmsKeyId: 'key',
    iops: 6000,
    throughput: 500,
    fsType: 'xfs',
    tags: { team: 'shop', env: 'prod' },
    reclaimPolicy: VolumeReclaimPolicy.RETAIN,
    provisioner: 'ebs.csi.eks.amazonaws.com',
  });
  expect(result.metadata).toEqual({ name: 'fast', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true', 'eks-slipway/on-immutable': 'replace' } });
  expect(result).toMatchObject({ provisioner: 'ebs.csi.eks.amazonaws.com', reclaimPolicy: 'Retain' });
  expect(result.parameters).toEqual({
    'type': 'gp3',
    'encrypted': 'true',
    'kmsKeyId': 'key',
    'iops': '6000',
    'throughput': '500',
    'csi.storage.k8s.io/fstype': 'xfs',
    'tagSpecification_1': 'env=prod',
    'tagSpecification_2': 'team=shop',
  });
});

test.each<[string, Gp3StorageClassProps, string]>([
  ['a name that is none', { name: 'GP3' }, '"name" is "GP3"'],
  ['too few IOPS', { iops: 100 }, '"iops" is 100: give a whole number from 3000 to 80000'],
  ['more throughput than the IOPS give', { throughput: 1000 }, '"throughput" is 1000 but "iops" is 3000: gp3 gives at most a quarter of the IOPS in MiB/s, 750'],
  ['a file system the driver does not have', { fsType: 'zfs' }, '"fsType" is "zfs": give "ext4" or "xfs"'],
])('%s is refused', (_, props, message) => {
  expect(() => storageClass(props)).toThrow(message);
});
