import { Check } from '../check';
import { launchTemplateOf } from '../launch-template';
import { nodeGroups } from '../node-groups';
import { isFalse, listOf } from '../values';

export const NODE_DISK_ENCRYPTION: Check = {
  id: 'node-disk-encryption',
  title: 'Disks of nodes are encrypted',
  severity: 'warning',
  fix: 'Set Ebs.Encrypted to true in each block device of the launch template',
  reason: 'Container images, logs and emptyDir volumes with what applications write there lie on it.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html',
  * find(platform) {
    for (const resource of nodeGroups(platform)) {
      const launchTemplate = launchTemplateOf(platform, resource);
      const devices = listOf<any>(launchTemplate?.properties.LaunchTemplateData?.BlockDeviceMappings);
      const open = devices.find(({ Ebs: disk }: any) => disk && isFalse(disk.Encrypted ?? false));
      if (open) {
        yield { resource: launchTemplate!, location: 'LaunchTemplateData.BlockDeviceMappings', message: `disk ${open.DeviceName} is not encrypted` };
      }
    }
  },
};
