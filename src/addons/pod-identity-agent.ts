import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { BootstrapStage } from '../delivery/bootstrap';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';

/**
 * Options of PodIdentityAgent.
 */
export interface PodIdentityAgentOptions extends ManagedAddonOptions {}

/**
 * Properties of PodIdentityAgent.
 */
export interface PodIdentityAgentProps extends PodIdentityAgentOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The EKS Pod Identity agent: hands pods on a node the credentials of their service account's role. An EKS add-on; its own permission,
 * eks-auth:AssumeRoleForPodIdentity, is in the nodes' AmazonEKSWorkerNodePolicy.
 *
 * - **Auto Mode**: needless, every node has it.
 * - **Fargate**: no: pods there need IRSA.
 * - **Windows**: no: pods there need IRSA.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 *
 * @example
 * new addons.PodIdentityAgent(stack, 'PodIdentity', { cluster: existing });
 */
export class PodIdentityAgent extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: PodIdentityAgentProps) {
    super(scope, id);
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      addonName: 'eks-pod-identity-agent',
      after: BootstrapStage.CONTROL_PLANE,
      stage: BootstrapStage.NETWORKING,
    });
  }
}
