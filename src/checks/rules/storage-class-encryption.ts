import { Check } from '../check';
import { inObjects } from '../find';
import { isTrue, known } from '../values';

export const STORAGE_CLASS_ENCRYPTION: Check = {
  id: 'storage-class-encryption',
  title: 'Volumes are encrypted',
  severity: 'warning',
  fix: 'Set the parameter encrypted to "true"',
  reason: 'Without it a volume is encrypted only where the account does so by default.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  find: platform => inObjects(platform, ['StorageClass'], ({ manifest: { provisioner, parameters } }) =>
    ['ebs.csi.aws.com', 'ebs.csi.eks.amazonaws.com'].includes(provisioner) && !isTrue(known(parameters?.encrypted) ?? Boolean(parameters?.encrypted))
    && ['parameters.encrypted', `encrypted is ${parameters?.encrypted === undefined ? 'not set' : parameters.encrypted}`]),
};
