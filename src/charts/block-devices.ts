import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { BlockDeviceMapping, EbsVolumeType } from './block-device-mapping';
import { checkInteger } from '../private/check-number';
import { repeated } from '../private/repeated';

/** From and to, in GiB, where EC2 is stricter than the API. */
const SIZES: Partial<Record<EbsVolumeType, [number, number]>> = {
  [EbsVolumeType.GP2]: [1, 16384],
  [EbsVolumeType.IO1]: [4, 16384],
  [EbsVolumeType.IO2]: [4, 65536],
  [EbsVolumeType.ST1]: [125, 16384],
  [EbsVolumeType.SC1]: [125, 16384],
  [EbsVolumeType.STANDARD]: [1, 1024],
};

/** The most IOPS of a volume, and of each GiB of it: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const IOPS: Partial<Record<EbsVolumeType, [most: number, ofEachGibibyte: number]>> = {
  [EbsVolumeType.GP3]: [80000, 500],
  [EbsVolumeType.IO1]: [64000, 50],
  [EbsVolumeType.IO2]: [256000, 1000],
};

/** As the API wants it. */
export function renderBlockDevice(mapping: BlockDeviceMapping) {
  return {
    deviceName: mapping.deviceName,
    rootVolume: mapping.rootVolume,
    ebs: {
      volumeSize: mapping.volumeSize && `${mapping.volumeSize.toGibibytes()}Gi`,
      volumeType: mapping.volumeType ?? EbsVolumeType.GP3,
      iops: mapping.iops,
      throughput: mapping.throughput,
      // EC2 refuses an encryption setting beside a snapshot.
      encrypted: mapping.encrypted ?? (mapping.snapshotId === undefined ? true : undefined),
      kmsKeyID: mapping.kmsKeyId,
      deleteOnTermination: mapping.deleteOnTermination ?? true,
      snapshotID: mapping.snapshotId,
      volumeInitializationRate: mapping.volumeInitializationRate,
    },
  };
}

/** What is wrong with the volumes by themselves. */
export function checkBlockDevices(mappings: BlockDeviceMapping[] = [], prop = 'blockDeviceMappings') {
  if (mappings.length > 50) {
    throw new Error(`"${prop}" has ${mappings.length} entries: give at most 50`);
  }
  const roots = mappings.filter(mapping => mapping.rootVolume);
  if (roots.length > 1) {
    throw new Error(`"${prop}" has "rootVolume" on ${roots.map(root => root.deviceName).join(' and ')}: give it to one of them`);
  }
  const names = mappings.map(mapping => mapping.deviceName);
  const twice = repeated(names);
  if (twice !== undefined) {
    throw new Error(`"${prop}" has "${twice}" more than once: give every volume a device name of its own`);
  }
  mappings.forEach(mapping => checkBlockDevice(prop, mapping));
}

function checkBlockDevice(prop: string, mapping: BlockDeviceMapping) {
  const type = mapping.volumeType ?? EbsVolumeType.GP3;
  if (!mapping.volumeSize && !mapping.snapshotId) {
    throw new Error(`"${prop}" has ${mapping.deviceName} without a size: give a "volumeSize" or a "snapshotId"`);
  }
  if (mapping.volumeSize) {
    const gibibytes = mapping.volumeSize.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
    const name = prop === 'rootVolumeSize' ? prop : `${prop}.volumeSize`;
    checkInteger(name, gibibytes, 1, 59000, 'GiB');
    const [min, max] = SIZES[type] ?? [1, 59000];
    if (!Token.isUnresolved(gibibytes) && (gibibytes < min || gibibytes > max)) {
      throw new Error(`"${name}" is ${gibibytes} GiB but the volume is ${type}: give from ${min} to ${max} GiB`);
    }
  }
  if (mapping.iops !== undefined) {
    const limits = IOPS[type];
    if (!limits) {
      throw new Error(`"${prop}.iops" is ${mapping.iops} but the volume is ${type}: leave it out, only gp3, io1 and io2 take it`);
    }
    const [most, ofEachGibibyte] = limits;
    checkInteger(`${prop}.iops`, mapping.iops, type === EbsVolumeType.GP3 ? 3000 : 100, most);
    const gibibytes = mapping.volumeSize?.toGibibytes({ rounding: SizeRoundingBehavior.NONE }) ?? Infinity;
    // gp3 gives 3000 whatever the size.
    const room = Math.max(gibibytes * ofEachGibibyte, type === EbsVolumeType.GP3 ? 3000 : 0);
    if (!Token.isUnresolved(gibibytes) && !Token.isUnresolved(mapping.iops) && mapping.iops > room) {
      throw new Error(`"${prop}.iops" is ${mapping.iops} but ${type} gives at most ${ofEachGibibyte} for each GiB, ${room}: give fewer, or a larger "volumeSize"`);
    }
  }
  if (mapping.throughput !== undefined) {
    if (type !== EbsVolumeType.GP3) {
      throw new Error(`"${prop}.throughput" is ${mapping.throughput} but the volume is ${type}: leave it out, only gp3 takes it`);
    }
    checkInteger(`${prop}.throughput`, mapping.throughput, 125, 2000);
    // https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
    const iops = mapping.iops ?? 3000;
    if (!Token.isUnresolved(mapping.throughput) && !Token.isUnresolved(iops) && mapping.throughput > iops / 4) {
      throw new Error(`"${prop}.throughput" is ${mapping.throughput} but "${prop}.iops" is ${iops}: gp3 gives at most a quarter of the IOPS in MiB/s, ${Math.floor(iops / 4)}; give more IOPS`);
    }
  }
  if (mapping.kmsKeyId !== undefined && mapping.encrypted === false) {
    throw new Error(`"${prop}.kmsKeyId" is "${mapping.kmsKeyId}" but "encrypted" is false: leave one of them out`);
  }
  if (mapping.volumeInitializationRate !== undefined) {
    if (!mapping.snapshotId) {
      throw new Error(`"${prop}.volumeInitializationRate" is ${mapping.volumeInitializationRate} without a snapshot: give a "snapshotId"`);
    }
    checkInteger(`${prop}.volumeInitializationRate`, mapping.volumeInitializationRate, 100, 300);
  }
}
