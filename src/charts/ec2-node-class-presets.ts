import { Size } from 'aws-cdk-lib';
import { AmiFamily } from './ami-family';
import { Ec2NodeClassOptions, InstanceStorePolicy } from './ec2-node-class';

/** Options of node classes that go with a preset of pools. What is given wins. */
export class Ec2NodeClassPresets {
  /** For `NodePoolPresets.gpu`: room for large images on the volume, or on the disks of the instance where it has any. */
  public static gpu(options?: Ec2NodeClassOptions): Ec2NodeClassOptions {
    return withOptions({ rootVolumeSize: Size.gibibytes(200), instanceStorePolicy: InstanceStorePolicy.RAID0 }, options);
  }

  /** For `NodePoolPresets.windows`: Windows Server 2022 with room for its images. Give `[AmiAlias.windows2022()]` as `amiSelectorTerms`. */
  public static windows(options?: Ec2NodeClassOptions): Ec2NodeClassOptions {
    return withOptions({ amiFamily: AmiFamily.WINDOWS_2022, rootVolumeSize: Size.gibibytes(100) }, options);
  }

  /** For `NodePoolPresets.batch`: jobs write to the disks of the instance where it has any. */
  public static batch(options?: Ec2NodeClassOptions): Ec2NodeClassOptions {
    return withOptions({ rootVolumeSize: Size.gibibytes(100), instanceStorePolicy: InstanceStorePolicy.RAID0 }, options);
  }

  private constructor() {}
}

function withOptions(preset: Ec2NodeClassOptions, options: Ec2NodeClassOptions = {}): Ec2NodeClassOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const sized = options.blockDeviceMappings ? { rootVolumeSize: undefined } : {}; // which the mappings replace
  return { ...preset, ...sized, ...given };
}
