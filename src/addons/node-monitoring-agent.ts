import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';

/**
 * Options of NodeMonitoringAgent.
 */
export interface NodeMonitoringAgentOptions extends ManagedAddonOptions {}

/**
 * Properties of NodeMonitoringAgent.
 */
export interface NodeMonitoringAgentProps extends NodeMonitoringAgentOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The EKS node monitoring agent: finds faults of nodes (kernel, network, storage, container runtime, accelerators) and reports them as
 * node conditions, on which node repair acts. An EKS add-on.
 *
 * - **Auto Mode**: needless, every node has it.
 * - **Fargate**: no, a DaemonSet.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-health-nma.html
 *
 * @example
 * new addons.NodeMonitoringAgent(stack, 'NodeMonitoring', { cluster });
 */
export class NodeMonitoringAgent extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: NodeMonitoringAgentProps) {
    super(scope, id);
    this.addon = new ManagedAddon(this, 'Addon', { ...props, addonName: 'eks-node-monitoring-agent' });
  }
}
