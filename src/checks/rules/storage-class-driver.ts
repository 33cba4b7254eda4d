import { Check } from '../check';
import { inObjects } from '../find';

export const STORAGE_CLASS_DRIVER: Check = {
  id: 'storage-class-driver',
  title: 'Volumes are made by a driver that is there',
  severity: 'error',
  fix: 'Use ebs.csi.aws.com, of the EBS CSI driver, or ebs.csi.eks.amazonaws.com on Auto Mode',
  reason: 'Kubernetes has no volumes of its own any more: claims stay pending.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html',
  find: platform => inObjects(platform, ['StorageClass'], ({ manifest: { provisioner } }) =>
    /^kubernetes\.io\/(aws-ebs|gce-pd|azure-)/.test(provisioner ?? '') && ['provisioner', `"${provisioner}" is part of Kubernetes no more`]),
};
