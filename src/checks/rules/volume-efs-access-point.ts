import { Check } from '../check';
import { inObjects } from '../find';
import { knownText } from '../values';

export const VOLUME_EFS_ACCESS_POINT: Check = {
  id: 'volume-efs-access-point',
  title: 'Volumes of EFS are access points',
  severity: 'warning',
  optional: true,
  fix: 'Let a storage class with provisioningMode efs-ap make the volume, or name an access point: fs-ID::fsap-ID',
  reason: 'The whole file system is mounted, with whatever user the pod runs as.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  find: platform => inObjects(platform, ['PersistentVolume'], ({ manifest: { spec } }) => {
    const handle = spec?.csi?.driver === 'efs.csi.aws.com' ? knownText(spec.csi.volumeHandle) : undefined;
    return handle !== undefined && !handle.includes('fsap-') && ['spec.csi.volumeHandle', `volumeHandle is ${handle}`];
  }),
};
