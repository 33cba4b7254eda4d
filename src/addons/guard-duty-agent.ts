import { Aws, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';

/**
 * Options of GuardDutyAgent.
 */
export interface GuardDutyAgentOptions extends ManagedAddonOptions {
  /**
   * Whether the VPC gets the endpoint through which the agents report. It lets in nodes with the cluster's security group; let others in
   * through the `connections` of `vpcEndpoint`. A VPC can have one of them: turn it off where there is one, also
   * when GuardDuty manages agents of other clusters or instances in this VPC itself.
   *
   * @default true
   */
  readonly vpcEndpoint?: boolean;

  /**
   * Subnets of the endpoint: at most one a zone. It needs `vpcEndpoint`.
   *
   * @default - a private subnet in every zone
   */
  readonly vpcEndpointSubnets?: ec2.SubnetSelection;
}

/**
 * Properties of GuardDutyAgent.
 */
export interface GuardDutyAgentProps extends GuardDutyAgentOptions {
  /**
   * The cluster. It may be in another stack, or imported (with its VPC).
   */
  readonly cluster: eks.ICluster;
}

/**
 * The agents of GuardDuty Runtime Monitoring: report what processes, files and connections do on every node. An EKS add-on, and the
 * VPC endpoint that it reports through.
 *
 * They have no role: an agent proves who it is with its node's identity. Do not use it where GuardDuty manages the agents itself
 * (automated agent configuration).
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: no, a DaemonSet.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 * - **Needs**: Runtime Monitoring, turned on in GuardDuty for the account; private DNS in the VPC.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/managing-gdu-agent-eks-manually.html
 *
 * @example
 * new addons.GuardDutyAgent(stack, 'GuardDuty', { cluster });
 */
export class GuardDutyAgent extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** The endpoint through which the agents report. Undefined when `vpcEndpoint` is off. */
  public readonly vpcEndpoint?: ec2.InterfaceVpcEndpoint;

  constructor(scope: Construct, id: string, props: GuardDutyAgentProps) {
    super(scope, id);
    if (props.vpcEndpointSubnets && props.vpcEndpoint === false) {
      throw new Error('"vpcEndpointSubnets" is given but "vpcEndpoint" is false: leave it out, or let the endpoint be made here');
    }

    this.addon = new ManagedAddon(this, 'Addon', { ...props, addonName: 'aws-guardduty-agent' });
    if (props.vpcEndpoint !== false) {
      this.vpcEndpoint = endpoint(this, props);
      this.addon.node.addDependency(this.vpcEndpoint);
    }
  }
}

function endpoint(scope: Construct, { cluster, vpcEndpointSubnets }: GuardDutyAgentProps): ec2.InterfaceVpcEndpoint {
  const { vpc } = cluster;
  const made = new ec2.InterfaceVpcEndpoint(scope, 'Endpoint', {
    vpc,
    service: new ec2.InterfaceVpcEndpointService(`com.amazonaws.${Stack.of(scope).region}.guardduty-data`),
    privateDnsEnabled: true,
    subnets: vpcEndpointSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, onePerAz: true },
    open: false,
  });
  const nodes = ec2.SecurityGroup.fromSecurityGroupId(scope, 'Nodes', cluster.clusterSecurityGroupId, { mutable: false });
  made.connections.allowDefaultPortFrom(nodes, 'Agents on the nodes of the cluster');
  // Of this account only, as GuardDuty itself does it.
  made.addToPolicy(new iam.PolicyStatement({ principals: [new iam.StarPrincipal()], actions: ['*'], resources: ['*'] }));
  made.addToPolicy(new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    principals: [new iam.StarPrincipal()],
    actions: ['*'],
    resources: ['*'],
    conditions: { StringNotEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
  }));
  return made;
}
