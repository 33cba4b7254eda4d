import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ebsStorageClass } from './ebs-storage-class';
import { VolumeReclaimPolicy } from './gp3-storage-class';
import { checkInteger } from '../private/check-number';
import { checkDnsSubdomain } from '../private/kubernetes-names';

/** Properties of an `Io2StorageClass`. All but `defaultClass` are fixed once the class is in the cluster. Give `iops` or `iopsPerGb`. */
export interface Io2StorageClassProps {
  /**
   * The name, which claims refer to.
   *
   * @default io2
   */
  readonly name?: string;

  /**
   * Whether claims that name no class get this one. Of several default classes the newest counts.
   *
   * @default false
   */
  readonly defaultClass?: boolean;

  /**
   * I/O operations per second of each volume, from 100 to 256000.
   *
   * @default - made of `iopsPerGb` and the size of the volume
   */
  readonly iops?: number;

  /**
   * I/O operations per second for each GiB of a volume, from 1 to 1000. They grow with the volume, and stop at what io2 can have.
   *
   * @default - `iops`, whatever the size
   */
  readonly iopsPerGb?: number;

  /**
   * The id or ARN of the KMS key that encrypts the volumes; the driver's role has to be allowed to use it.
   *
   * @default - the account's default key for EBS
   */
  readonly kmsKeyId?: string;

  /**
   * The file system: `ext4` or `xfs`.
   *
   * @default ext4
   */
  readonly fsType?: string;

  /**
   * Tags of the volumes.
   *
   * @default - those of the driver only
   */
  readonly tags?: { [key: string]: string };

  /**
   * What becomes of a volume when its claim is deleted.
   *
   * @default VolumeReclaimPolicy.DELETE
   */
  readonly reclaimPolicy?: VolumeReclaimPolicy;

  /**
   * The driver: `ebs.csi.eks.amazonaws.com` on EKS Auto Mode.
   *
   * @default ebs.csi.aws.com
   */
  readonly provisioner?: string;
}

/**
 * A storage class of encrypted io2 volumes, for databases that need their I/O all the time. The volumes can grow, and are made in the zone
 * of the pod that first uses them.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export class Io2StorageClass extends Construct {
  /** The name, which claims refer to. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: Io2StorageClassProps) {
    super(scope, id);
    checkProps(props);
    this.name = ebsStorageClass(this, {
      ...props,
      name: props.name ?? 'io2',
      type: 'io2',
      parameters: {
        iops: props.iops,
        iopsPerGB: props.iopsPerGb,
        // Otherwise a volume too small for 100 IOPS is refused, and one that grows keeps its IOPS.
        allowAutoIOPSPerGBIncrease: props.iopsPerGb === undefined ? undefined : true,
        allowAutoIOPSIncreaseOnModify: props.iopsPerGb === undefined ? undefined : true,
      },
    }).name;
  }
}

function checkProps({ name, iops, iopsPerGb }: Io2StorageClassProps) {
  if (name !== undefined) {
    checkDnsSubdomain('name', name);
  }
  if ((iops === undefined) === (iopsPerGb === undefined)) {
    const given = iops === undefined ? 'both missing' : `${[iops, iopsPerGb].map(n => Token.isUnresolved(n) ? 'a token' : n).join(' and ')}`;
    throw new Error(`"iops" and "iopsPerGb" are ${given}: give exactly one of them, io2 has no default`);
  }
  if (iops !== undefined) {
    checkInteger('iops', iops, 100, 256000);
  }
  if (iopsPerGb !== undefined) {
    checkInteger('iopsPerGb', iopsPerGb, 1, 1000);
  }
}
