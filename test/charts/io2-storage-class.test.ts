import { only, render } from './render';
import { VolumeReclaimPolicy } from '../../src/charts/gp3-storage-class';
import { Io2StorageClass, Io2StorageClassProps } from '../../src/charts/io2-storage-class';

const storageClass = (props: Io2StorageClassProps) => only(render(chart => new Io2StorageClass(chart, 'Class', props), { namespace: 'shop' }), 'StorageClass');

test('volumes are encrypted io2 with the IOPS that are asked for', () => {
  expect(storageClass({ iops: 10000 })).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'io2', annotations: { 'storageclass.kubernetes.io/is-default-class': 'false', 'eks-slipway/on-immutable': 'replace' } },
    provisioner: 'ebs.csi.aws.com',
    parameters: { 'type': 'io2', 'encrypted': 'true', 'iops': '10000', 'csi.storage.k8s.io/fstype': 'ext4' },
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
});

test('IOPS by size grow with the volume and are never too few', () => {
  const { metadata, parameters, reclaimPolicy } = storageClass({ name: 'db', iopsPerGb: 50, kmsKeyId: 'key', fsType: 'xfs', tags: { a: 'b' }, reclaimPolicy: VolumeReclaimPolicy.RETAIN });
  expect(metadata.name).toBe('db');
  expect(reclaimPolicy).toBe('Retain');
  expect(parameters).toEqual({
    'type': 'io2',
    'encrypted': 'true',
    'kmsKeyId': 'key',
    'iopsPerGB': '50',
    'allowAutoIOPSPerGBIncrease': 'true',
    'allowAutoIOPSIncreaseOnModify': 'true',
    'csi.storage.k8s.io/fstype': 'xfs',
    'tagSpecification_1': 'a=b',
  });
});

test.each<[string, Io2StorageClassProps, string]>([
  ['neither kind of IOPS', {}, '"iops" and "iopsPerGb" are both missing: give exactly one'],
  ['both kinds of IOPS', { iops: 1000, iopsPerGb: 10 }, '"iops" and "iopsPerGb" are 1000 and 10: give exactly one'],
  ['too many IOPS', { iops: 300000 }, '"iops" is 300000: give a whole number from 100 to 256000'],
  ['too many IOPS by size', { iopsPerGb: 2000 }, '"iopsPerGb" is 2000'],
  ['a name that is none', { name: 'IO2', iops: 1000 }, '"name" is "IO2"'],
])('%s is refused', (_, props, message) => {
  expect(() => storageClass(props)).toThrow(message);
});
