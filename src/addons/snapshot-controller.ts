import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { EbsSnapshotClass } from '../charts/ebs-snapshot-class';
import { AttachedChart } from '../delivery/attached-chart';
import { BootstrapStage } from '../delivery/bootstrap';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';

/**
 * Options of SnapshotController.
 */
export interface SnapshotControllerOptions extends ManagedAddonOptions {
  /**
   * Whether the cluster gets a default class of EBS snapshots, `ebs`, without which a snapshot must name one. It is delivered as a Kubernetes
   * object; an imported cluster must say how it is reached (`Delivery.of`).
   *
   * @default true
   */
  readonly defaultSnapshotClass?: boolean;
}

/**
 * Properties of SnapshotController.
 */
export interface SnapshotControllerProps extends SnapshotControllerOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The snapshot controller of Kubernetes and its definitions (`VolumeSnapshot`): snapshots of volumes, by the driver of the volume. An EKS add-on.
 *
 * - **Auto Mode**: yes; for its own volumes, give a `charts.EbsSnapshotClass` with the driver `ebs.csi.eks.amazonaws.com`.
 * - **Fargate**: yes.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 * - **Needs**: a driver that makes snapshots, such as EbsCsiDriver.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/csi-snapshot-controller.html
 *
 * @example
 * new addons.SnapshotController(stack, 'Snapshots', { cluster });
 */
export class SnapshotController extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: SnapshotControllerProps) {
    super(scope, id);
    const { cluster } = props;
    this.addon = new ManagedAddon(this, 'Addon', { ...props, addonName: 'snapshot-controller' });

    if (props.defaultSnapshotClass !== false) {
      const chart = new cdk8s.Chart(new cdk8s.App(), 'snapshot-class');
      new EbsSnapshotClass(chart, 'ebs', { defaultClass: true });
      const snapshotClass = new AttachedChart(this, 'SnapshotClass', { cluster, chart, after: BootstrapStage.CONTROL_PLANE });
      // The add-on brings its definition.
      snapshotClass.node.addDependency(this.addon);
    }
  }
}
