import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { AddonRoleOptions } from './addon-role-options';
import { EfsStorageClass, EfsStorageClassOptions } from '../charts/efs-storage-class';
import { AttachedChart } from '../delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { ManagedAddon } from '../delivery/managed-addon';

/**
 * Options of EfsCsiDriver.
 */
export interface EfsCsiDriverOptions extends AddonRoleOptions {
  /**
   * File systems in which the driver may make access points for claims. Mounting a file system as a whole needs no permission.
   *
   * @default - all of the account in the region
   */
  readonly fileSystems?: efs.IFileSystem[];
}

/**
 * Properties of EfsCsiDriver.
 */
export interface EfsCsiDriverProps extends EfsCsiDriverOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The EFS CSI driver: file systems that pods on many nodes use at the same time. An EKS add-on with a role of its own, which may delete only
 * access points that the driver has made.
 *
 * The nodes must reach the mount targets of a file system: let the cluster's security group in at port 2049.
 * For file systems of S3 Files, add the managed policy `AmazonS3FilesCSIDriverPolicy` to `role`.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: partly, pods can mount file systems there without the driver; it makes no access points for their claims.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
 *
 * @example
 * import * as efs from 'aws-cdk-lib/aws-efs';
 *
 * declare const fileSystem: efs.FileSystem;
 * const driver = new addons.EfsCsiDriver(stack, 'Files', { cluster, fileSystems: [fileSystem] });
 * driver.addStorageClass('Shared', fileSystem);
 */
export class EfsCsiDriver extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of the driver's controller. */
  public readonly role: iam.Role;

  private readonly cluster: eks.ICluster;
  private readonly fileSystems?: efs.IFileSystem[];

  constructor(scope: Construct, id: string, props: EfsCsiDriverProps) {
    super(scope, id);
    this.cluster = props.cluster;
    this.fileSystems = props.fileSystems;

    const { role, ...identity } = addonRole(this, 'Role', {
      cluster: props.cluster,
      options: props,
      what: 'EFS CSI driver',
      namespace: 'kube-system',
      serviceAccount: 'efs-csi-controller-sa',
      otherServiceAccounts: ['efs-csi-node-sa'],
      policies: { AccessPoints: statements(Stack.of(this), props.fileSystems) },
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', { ...props, ...identity, addonName: 'aws-efs-csi-driver' });
  }

  /**
   * Adds a storage class: each claim for it gets a directory of the file system as an access point of its own.
   *
   * @param id the construct id, from which the name in the cluster is made unless `name` is given
   * @param fileSystem one of `fileSystems`
   */
  public addStorageClass(id: string, fileSystem: efs.IFileSystem, options: EfsStorageClassOptions = {}): AttachedChart {
    if (this.fileSystems && !this.fileSystems.includes(fileSystem)) {
      throw new Error(`"fileSystem" of storage class "${id}" is ${fileSystem.node.path}, which is not among "fileSystems": add it to them, `
        + 'the driver may make access points in them only');
    }
    const chart = new cdk8s.Chart(new cdk8s.App(), 'storage-class');
    new EfsStorageClass(chart, 'class', { ...options, name: options.name ?? id.toLowerCase(), fileSystemId: fileSystem.fileSystemId });
    const storageClass = new AttachedChart(this, id, { cluster: this.cluster, chart, after: BootstrapStage.CONTROL_PLANE });
    // Charts with claims start after it.
    Bootstrap.of(this.cluster).add(BootstrapStage.SYSTEM, storageClass);
    return storageClass;
  }
}

/**
 * What AmazonEFSCSIDriverPolicy allows, but access points are made in the given file systems only.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEFSCSIDriverPolicy.html
 */
function statements(stack: Stack, fileSystems?: efs.IFileSystem[]): iam.PolicyStatement[] {
  const arn = (resource: string) => stack.formatArn({ service: 'elasticfilesystem', resource, resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  const parents = fileSystems?.map(({ fileSystemArn }) => fileSystemArn) ?? [arn('file-system')];
  const tagged = {
    'ForAllValues:StringEquals': { 'aws:TagKeys': 'efs.csi.aws.com/cluster' },
    'Null': { 'aws:RequestTag/efs.csi.aws.com/cluster': 'false' },
  };
  return [
    new iam.PolicyStatement({
      actions: ['ec2:DescribeAvailabilityZones', ...['AccessPoints', 'FileSystems', 'MountTargets'].map(what => `elasticfilesystem:Describe${what}`)],
      resources: ['*'],
    }),
    new iam.PolicyStatement({ actions: ['elasticfilesystem:CreateAccessPoint'], resources: parents, conditions: tagged }),
    new iam.PolicyStatement({
      actions: ['elasticfilesystem:TagResource'],
      resources: [...parents, arn('access-point')],
      conditions: { ...tagged, StringEquals: { 'elasticfilesystem:CreateAction': 'CreateAccessPoint' } },
    }),
    new iam.PolicyStatement({
      actions: ['elasticfilesystem:DeleteAccessPoint'],
      resources: [arn('access-point')],
      conditions: { Null: { 'aws:ResourceTag/efs.csi.aws.com/cluster': 'false' } },
    }),
  ];
}
