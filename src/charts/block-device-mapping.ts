import { Size } from 'aws-cdk-lib';

/** The type of an EBS volume. */
export enum EbsVolumeType {
  /** General purpose SSD. */
  GP3 = 'gp3',
  /** General purpose SSD of the former generation. */
  GP2 = 'gp2',
  /** Provisioned IOPS SSD. */
  IO1 = 'io1',
  /** Provisioned IOPS SSD, more durable. */
  IO2 = 'io2',
  /** Throughput HDD. */
  ST1 = 'st1',
  /** Cold HDD. */
  SC1 = 'sc1',
  /** Magnetic. */
  STANDARD = 'standard',
}

/**
 * One EBS volume of a node.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings
 */
export interface BlockDeviceMapping {
  /** The device: `/dev/xvda`. */
  readonly deviceName: string;

  /**
   * Whether the kubelet keeps images, containers and logs here; Karpenter then counts its size as the node's ephemeral storage.
   * At most one volume.
   *
   * @default false
   */
  readonly rootVolume?: boolean;

  /**
   * The size.
   *
   * @default - the size of the snapshot
   */
  readonly volumeSize?: Size;

  /**
   * The type.
   *
   * @default EbsVolumeType.GP3
   */
  readonly volumeType?: EbsVolumeType;

  /**
   * I/O operations per second of a gp3, io1 or io2 volume.
   *
   * @default - 3000 for gp3
   */
  readonly iops?: number;

  /**
   * Throughput of a gp3 volume in MiB/s.
   *
   * @default - 125 for gp3
   */
  readonly throughput?: number;

  /**
   * Whether the volume is encrypted.
   *
   * @default - true; from a snapshot as the snapshot is
   */
  readonly encrypted?: boolean;

  /**
   * The id or ARN of the KMS key to encrypt with.
   *
   * @default - the account's default key for EBS
   */
  readonly kmsKeyId?: string;

  /**
   * Whether the volume goes when the instance does.
   *
   * @default true
   */
  readonly deleteOnTermination?: boolean;

  /**
   * The id of a snapshot that the volume begins with.
   *
   * @default - the volume begins as the image has it
   */
  readonly snapshotId?: string;

  /**
   * How fast a snapshot is read into the volume, from 100 to 300 MiB/s; at a price. Needs `snapshotId`.
   *
   * @default - as it comes
   */
  readonly volumeInitializationRate?: number;
}
