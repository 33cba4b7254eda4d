import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ebsStorageClass } from './ebs-storage-class';
import { checkInteger } from '../private/check-number';
import { checkDnsSubdomain } from '../private/kubernetes-names';

/** What becomes of a volume when its claim is deleted. */
export enum VolumeReclaimPolicy {
  /** It is deleted too. */
  DELETE = 'Delete',
  /** It stays, and is paid for, until someone deletes it. */
  RETAIN = 'Retain',
}

/** Properties of a `Gp3StorageClass`. All but `defaultClass` are fixed once the class is in the cluster. */
export interface Gp3StorageClassProps {
  /**
   * The name, which claims refer to.
   *
   * @default gp3
   */
  readonly name?: string;

  /**
   * Whether claims that name no class get this one. Of several default classes the newest counts.
   *
   * @default false
   */
  readonly defaultClass?: boolean;

  /**
   * The id or ARN of the KMS key that encrypts the volumes; the driver's role has to be allowed to use it.
   *
   * @default - the account's default key for EBS
   */
  readonly kmsKeyId?: string;

  /**
   * I/O operations per second of each volume, from 3000 to 80000.
   *
   * @default - 3000
   */
  readonly iops?: number;

  /**
   * Throughput of each volume in MiB/s, from 125 to 2000.
   *
   * @default - 125
   */
  readonly throughput?: number;

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
 * A storage class of encrypted gp3 volumes that can grow, made in the zone of the pod that first uses them.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export class Gp3StorageClass extends Construct {
  /** The name, which claims refer to. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: Gp3StorageClassProps = {}) {
    super(scope, id);
    checkProps(props);

    const { iops, throughput } = props;
    const storageClass = ebsStorageClass(this, { ...props, name: props.name ?? 'gp3', type: 'gp3', parameters: { iops, throughput } });
    this.name = storageClass.name;
  }
}

function checkProps(props: Gp3StorageClassProps) {
  if (props.name !== undefined) {
    checkDnsSubdomain('name', props.name);
  }
  if (props.iops !== undefined) {
    checkInteger('iops', props.iops, 3000, 80000);
  }
  if (props.throughput !== undefined) {
    checkInteger('throughput', props.throughput, 125, 2000);
    const most = Math.floor((props.iops ?? 3000) / 4);
    if (!Token.isUnresolved(props.iops) && props.throughput > most) {
      throw new Error(`"throughput" is ${props.throughput} but "iops" is ${props.iops ?? 3000}: gp3 gives at most a quarter of the IOPS in MiB/s, ${most}; give more "iops"`);
    }
  }
}
