import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { Gp3StorageClass } from '../charts/gp3-storage-class';
import { AttachedChart } from '../delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';

/**
 * Options of EbsCsiDriver.
 */
export interface EbsCsiDriverOptions extends ManagedAddonOptions {
  /**
   * How the driver's controller gets its role. Pod Identity needs the pod identity agent (`PodIdentityAgent`, which PlatformCluster has).
   *
   * @default eks.IdentityType.POD_IDENTITY
   */
  readonly identityType?: eks.IdentityType;

  /**
   * Whether the cluster gets a default storage class, `gp3`, of encrypted gp3 volumes that can grow. It is delivered as a Kubernetes
   * object; an imported cluster must say how it is reached (`Delivery.of`).
   *
   * @default true
   */
  readonly defaultStorageClass?: boolean;

  /**
   * Key that encrypts volumes of the default storage class. The driver's role may use it; where the key's policy does not leave that to
   * IAM, it must allow the role too.
   *
   * @default - the account's default key for EBS
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Properties of EbsCsiDriver.
 */
export interface EbsCsiDriverProps extends EbsCsiDriverOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The EBS CSI driver: volumes for pods. An EKS add-on with a role of its own, which may touch only volumes that the driver has made
 * (AmazonEBSCSIDriverPolicyV2): tag volumes from elsewhere with `ebs.csi.aws.com/cluster: true` first.
 *
 * - **Auto Mode**: needless, it has a driver of its own (`Gp3StorageClass` with its `provisioner`).
 * - **Fargate**: partly, the controller only, with IRSA: pods there cannot have such volumes.
 * - **Windows**: yes.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 *
 * @example
 * new addons.EbsCsiDriver(stack, 'Storage', { cluster });
 */
export class EbsCsiDriver extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of the driver's controller. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: EbsCsiDriverProps) {
    super(scope, id);
    const { cluster, encryptionKey } = props;
    if (encryptionKey && props.defaultStorageClass === false) {
      throw new Error('"encryptionKey" is given but "defaultStorageClass" is false: leave it out, or give the key to a storage class of your own');
    }

    const { role, ...identity } = addonRole(this, 'Role', {
      cluster,
      options: props,
      what: 'EBS CSI driver',
      namespace: 'kube-system',
      serviceAccount: 'ebs-csi-controller-sa',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEBSCSIDriverPolicyV2')],
      policies: encryptionKey && { EncryptionKey: keyStatements(encryptionKey) },
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', { ...props, ...identity, addonName: 'aws-ebs-csi-driver' });

    if (props.defaultStorageClass !== false) {
      // The add-on's own default class is not encrypted.
      const chart = new cdk8s.Chart(new cdk8s.App(), 'storage-class');
      new Gp3StorageClass(chart, 'gp3', { defaultClass: true, kmsKeyId: encryptionKey?.keyArn });
      const storageClass = new AttachedChart(this, 'StorageClass', { cluster, chart, after: BootstrapStage.CONTROL_PLANE });
      // Charts with claims start after it.
      Bootstrap.of(cluster).add(BootstrapStage.SYSTEM, storageClass);
    }
  }
}

/** @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md#set-up-driver-permissions */
function keyStatements(key: kms.IKey): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      resources: [key.keyArn],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: [key.keyArn],
    }),
  ];
}
