import { Check } from '../check';
import { inObjects } from '../find';
import { isFalse } from '../values';

export const VOLUME_EFS_ENCRYPTION: Check = {
  id: 'volume-efs-encryption',
  title: 'Files travel encrypted',
  severity: 'warning',
  fix: 'Remove the mount option or attribute that turns encryption in transit off',
  reason: 'EFS is reached over the network of the VPC.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  find: platform => inObjects(platform, ['PersistentVolume'], ({ manifest: { spec } }) =>
    spec?.csi?.driver === 'efs.csi.aws.com' && isFalse(spec.csi.volumeAttributes?.encryptInTransit)
    && ['spec.csi.volumeAttributes.encryptInTransit', 'encryptInTransit is false']),
};
