import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';

/**
 * Options of MetricsServer.
 */
export interface MetricsServerOptions extends ManagedAddonOptions {}

/**
 * Properties of MetricsServer.
 */
export interface MetricsServerProps extends MetricsServerOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The Kubernetes Metrics Server: what pods and nodes use right now, for horizontal autoscaling and `kubectl top`. An EKS add-on.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, where a profile selects its pods; the add-on leaves Fargate's own port free.
 * - **Windows**: partly, measures such nodes, runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html
 *
 * @example
 * new addons.MetricsServer(stack, 'Metrics', { cluster });
 */
export class MetricsServer extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: MetricsServerProps) {
    super(scope, id);
    this.addon = new ManagedAddon(this, 'Addon', { ...props, addonName: 'metrics-server' });
  }
}
