import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { AddonRoleOptions } from './addon-role-options';
import { ManagedAddon } from '../delivery/managed-addon';

/**
 * Options of NetworkFlowMonitor.
 */
export interface NetworkFlowMonitorOptions extends AddonRoleOptions {}

/**
 * Properties of NetworkFlowMonitor.
 */
export interface NetworkFlowMonitorProps extends NetworkFlowMonitorOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The agents of CloudWatch Network Flow Monitor: round-trip times, retransmissions and data volumes of the connections of every node. An
 * EKS add-on. What they report is seen once the account has a monitor or a scope of Network Flow Monitor.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: no, a DaemonSet.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-NetworkFlowMonitor-agents-kubernetes-eks.html
 *
 * @example
 * new addons.NetworkFlowMonitor(stack, 'NetworkFlows', { cluster });
 */
export class NetworkFlowMonitor extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of the agents. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: NetworkFlowMonitorProps) {
    super(scope, id);
    const { role, ...identity } = addonRole(this, 'Role', {
      cluster: props.cluster,
      options: props,
      what: 'Network Flow Monitor agents',
      namespace: 'amazon-network-flow-monitor',
      // It differs from the add-on's own name, and was another one before v1.0.1.
      serviceAccount: 'aws-network-flow-monitor-agent-service-account',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchNetworkFlowMonitorAgentPublishPolicy')],
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', { ...props, ...identity, addonName: 'aws-network-flow-monitoring-agent' });
  }
}
