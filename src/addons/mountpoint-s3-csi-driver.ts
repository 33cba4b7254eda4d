import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { AddonRoleOptions } from './addon-role-options';
import { ManagedAddon } from '../delivery/managed-addon';

/**
 * Options of MountpointS3CsiDriver.
 */
export interface MountpointS3CsiDriverOptions extends AddonRoleOptions {
  /**
   * Buckets that all pods with a volume of the driver may read and write. Keys that encrypt them are included.
   *
   * @default - none: grant to `role`, or let the volumes use the roles of pods (`S3VolumeAuthentication.POD`)
   */
  readonly buckets?: s3.IBucket[];

  /**
   * Buckets that all pods with a volume of the driver may read.
   *
   * @default - none
   */
  readonly readOnlyBuckets?: s3.IBucket[];
}

/**
 * Properties of MountpointS3CsiDriver.
 */
export interface MountpointS3CsiDriverProps extends MountpointS3CsiDriverOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The CSI driver of Mountpoint for Amazon S3: buckets as files (`charts.S3Volume`). An EKS add-on with a role of its own.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: no, a DaemonSet.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/s3-csi.html
 *
 * @example
 * new addons.MountpointS3CsiDriver(stack, 'Buckets', { cluster, buckets: [bucket] });
 */
export class MountpointS3CsiDriver extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of volumes that do not use the roles of pods. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: MountpointS3CsiDriverProps) {
    super(scope, id);
    const { role, ...identity } = addonRole(this, 'Role', {
      cluster: props.cluster,
      options: props,
      what: 'Mountpoint for S3 CSI driver',
      namespace: 'kube-system',
      serviceAccount: 's3-csi-driver-sa',
      policies: { Buckets: statements(props.buckets ?? [], props.readOnlyBuckets ?? []) },
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', { ...props, ...identity, addonName: 'aws-mountpoint-s3-csi-driver' });
  }
}

/** @see https://github.com/awslabs/mountpoint-s3/blob/main/doc/CONFIGURATION.md#iam-permissions */
function statements(buckets: s3.IBucket[], readOnly: s3.IBucket[]): iam.PolicyStatement[] {
  const allow = (actions: string[], resources: string[]) => resources.length === 0 ? [] : [new iam.PolicyStatement({ actions, resources })];
  const objects = (of: s3.IBucket[]) => of.map(bucket => bucket.arnForObjects('*'));
  const keys = (of: s3.IBucket[]) => [...new Set(of.flatMap(bucket => bucket.encryptionKey?.keyArn ?? []))];
  return [
    ...allow(['s3:ListBucket'], [...buckets, ...readOnly].map(bucket => bucket.bucketArn)),
    ...allow(['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'], objects(buckets)),
    ...allow(['s3:GetObject'], objects(readOnly)),
    ...allow(['kms:Decrypt', 'kms:GenerateDataKey'], keys(buckets)),
    ...allow(['kms:Decrypt'], keys(readOnly)),
  ];
}
