import { only, render } from './render';
import { S3Volume, S3VolumeAuthentication, S3VolumeProps } from '../../src/charts/s3-volume';

const objects = (props: Partial<S3VolumeProps> = {}, namespace: string | undefined = 'shop') =>
  render(chart => new S3Volume(chart, 'Images', { bucketName: 'images', name: 'images', ...props }), { namespace });

test('the volume is kept for its claim, and the claim for its volume', () => {
  const [claim, volume] = [only(objects(), 'PersistentVolumeClaim'), only(objects(), 'PersistentVolume')];
  expect(claim.metadata).toEqual({ name: 'images', namespace: 'shop' });
  expect(claim.spec).toMatchObject({ volumeName: volume.metadata.name, storageClassName: '', accessModes: ['ReadWriteMany'] });
  expect(volume.metadata).toEqual({ name: 'shop-images' });
  expect(volume.spec).toMatchObject({
    claimRef: { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'images' },
    storageClassName: '',
    accessModes: ['ReadWriteMany'],
    persistentVolumeReclaimPolicy: 'Retain',
    csi: { driver: 's3.csi.aws.com', volumeHandle: 'shop-images', volumeAttributes: { bucketName: 'images', authenticationSource: 'driver' } },
  });
  expect(volume.spec.mountOptions).toBeUndefined();
});

test('each prop has its place', () => {
  const { spec } = only(objects({
    namespace: 'other',
    prefix: 'thumbnails/',
    allowDelete: true,
    allowOverwrite: true,
    region: 'eu-west-1',
    authentication: S3VolumeAuthentication.POD,
    mountOptions: ['uid=1000'],
    volumeAttributes: { cache: 'emptyDir' },
  }), 'PersistentVolume');
  expect(spec.claimRef.namespace).toBe('other');
  expect(spec.mountOptions).toEqual(['allow-delete', 'allow-overwrite', 'region eu-west-1', 'prefix thumbnails/', 'uid=1000']);
  expect(spec.csi.volumeAttributes).toEqual({ bucketName: 'images', authenticationSource: 'pod', cache: 'emptyDir' });
});

test('read only is read only for Kubernetes and for Mountpoint', () => {
  const manifest = objects({ readOnly: true });
  expect(only(manifest, 'PersistentVolume').spec).toMatchObject({ accessModes: ['ReadOnlyMany'], mountOptions: ['read-only'] });
  expect(only(manifest, 'PersistentVolumeClaim').spec.accessModes).toEqual(['ReadOnlyMany']);
});

test.each<[string, Partial<S3VolumeProps>, string]>([
  ['a prefix that is not whole', { prefix: 'a' }, '"prefix" is "a": give one that ends with "/"'],
  ['deleting what can only be read', { readOnly: true, allowDelete: true }, '"allowDelete" is true but "readOnly" is, too'],
  ['a name that is none', { name: 'Images' }, '"name" is "Images"'],
])('%s is refused', (_, props, message) => {
  expect(() => objects(props)).toThrow(message);
});

test('a claim in no namespace is refused', () => {
  expect(() => render(chart => new S3Volume(chart, 'Images', { bucketName: 'images' }))).toThrow('"namespace" is missing, and the chart has none');
});
