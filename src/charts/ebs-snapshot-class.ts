import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from './cluster-scoped';
import { VolumeReclaimPolicy } from './gp3-storage-class';
import { tagSpecifications } from './tag-specifications';
import { checkDnsSubdomain } from '../private/kubernetes-names';

/** Properties of an `EbsSnapshotClass`. All but `defaultClass` are fixed once the class is in the cluster. */
export interface EbsSnapshotClassProps {
  /**
   * The name, which volume snapshots refer to.
   *
   * @default ebs
   */
  readonly name?: string;

  /**
   * Whether snapshots of EBS volumes that name no class get this one. A driver may have one default class only.
   *
   * @default false
   */
  readonly defaultClass?: boolean;

  /**
   * Tags of the snapshots.
   *
   * @default - those of the driver only
   */
  readonly tags?: { [key: string]: string };

  /**
   * Availability zones in which volumes made from a snapshot are as fast as they can be at once. It costs by the hour for each snapshot and
   * zone, and the driver's role needs `ec2:EnableFastSnapshotRestores`.
   *
   * @default - none
   */
  readonly fastRestoreZones?: string[];

  /**
   * What becomes of a snapshot in EC2 when its `VolumeSnapshot` is deleted.
   *
   * @default VolumeReclaimPolicy.DELETE
   */
  readonly deletionPolicy?: VolumeReclaimPolicy;

  /**
   * The driver: `ebs.csi.eks.amazonaws.com` on EKS Auto Mode.
   *
   * @default ebs.csi.aws.com
   */
  readonly driver?: string;
}

/**
 * A class of snapshots of EBS volumes (`VolumeSnapshotClass`). It needs the snapshot controller and its definitions: the add-on `SnapshotController`.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/snapshot.md
 */
export class EbsSnapshotClass extends Construct {
  /** The name, which volume snapshots refer to. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: EbsSnapshotClassProps = {}) {
    super(scope, id);
    const parameters = {
      ...tagSpecifications(props.tags),
      ...props.fastRestoreZones?.length ? { fastSnapshotRestoreAvailabilityZones: props.fastRestoreZones.join(', ') } : {},
    };
    this.name = clusterScoped(new ApiObject(this, 'Default', {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: {
        name: checkDnsSubdomain('name', props.name ?? 'ebs'),
        annotations: { 'snapshot.storage.kubernetes.io/is-default-class': `${props.defaultClass ?? false}` },
      },
      driver: props.driver ?? 'ebs.csi.aws.com',
      deletionPolicy: props.deletionPolicy ?? VolumeReclaimPolicy.DELETE,
      parameters: Object.keys(parameters).length > 0 ? parameters : undefined,
    })).name;
  }
}
