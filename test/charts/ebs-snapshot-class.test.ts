import { only, render } from './render';
import { EbsSnapshotClass, EbsSnapshotClassProps } from '../../src/charts/ebs-snapshot-class';
import { VolumeReclaimPolicy } from '../../src/charts/gp3-storage-class';

const snapshotClass = (props?: EbsSnapshotClassProps) =>
  only(render(chart => new EbsSnapshotClass(chart, 'Class', props), { namespace: 'shop' }), 'VolumeSnapshotClass');

test('a class of EBS snapshots lives in no namespace', () => {
  expect(snapshotClass()).toEqual({
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotClass',
    metadata: { name: 'ebs', annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'false' } },
    driver: 'ebs.csi.aws.com',
    deletionPolicy: 'Delete',
  });
});

test('each prop has its place', () => {
  expect(snapshotClass({
    name: 'kept', defaultClass: true, tags: { b: '2', a: '1' }, fastRestoreZones: ['a', 'b'], deletionPolicy: VolumeReclaimPolicy.RETAIN, driver: 'ebs.csi.eks.amazonaws.com',
  })).toEqual({
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotClass',
    metadata: { name: 'kept', annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } },
    driver: 'ebs.csi.eks.amazonaws.com',
    deletionPolicy: 'Retain',
    parameters: { tagSpecification_1: 'a=1', tagSpecification_2: 'b=2', fastSnapshotRestoreAvailabilityZones: 'a, b' },
  });
});

test('a name that is none is refused', () => {
  expect(() => snapshotClass({ name: 'EBS' })).toThrow('"name" is "EBS"');
});
