import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct, IDependable } from 'constructs';
import { clusterResource } from '../private/cluster-facts';

/** Where the function stands. @internal */
export interface DeliveryPlace {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly dependencies: IDependable[];
}

/**
 * From where the delivery function reaches the API server.
 */
export class DeliveryNetwork {
  /**
   * Over the cluster's public endpoint, from outside of any VPC.
   */
  public static publicEndpoint(): DeliveryNetwork {
    return new DeliveryNetwork(false);
  }

  /**
   * From subnets of the cluster's VPC, with a security group of its own that the cluster's security group lets in on port 443.
   *
   * The subnets need a way to S3 (where CloudFormation takes its answers) and, for charts, to their repositories.
   *
   * @param subnets the subnets; by default the VPC's private subnets
   */
  public static privateSubnets(subnets?: ec2.SubnetSelection): DeliveryNetwork {
    return new DeliveryNetwork(true, subnets);
  }

  /** What fits a cluster that is made in this app. @internal */
  public static _default(cluster: eks.ICluster): DeliveryNetwork {
    const resource = clusterResource(cluster);
    if (!resource) {
      throw new Error(`"network" is missing for the imported cluster ${cluster.node.path}, which does not say how its endpoint is reached: call `
        + 'Delivery.of(cluster, { network: DeliveryNetwork.privateSubnets() }) (or publicEndpoint()) before anything is delivered to it');
    }
    const access = (resource as any).resourcesVpcConfig;
    return access?.endpointPrivateAccess === true ? DeliveryNetwork.privateSubnets() : DeliveryNetwork.publicEndpoint();
  }

  private constructor(private readonly inVpc: boolean, private readonly subnets?: ec2.SubnetSelection) {}

  /** Makes the security group and lets it in. @internal */
  public _bind(scope: Construct, cluster: eks.ICluster): DeliveryPlace {
    if (!this.inVpc) {
      return { dependencies: [] };
    }
    // Not the cluster's own group: the function's interfaces outlive it by minutes and would block the cluster's deletion.
    const securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc: cluster.vpc,
      description: 'Delivery of Kubernetes objects',
    });
    const ingress = new ec2.CfnSecurityGroupIngress(scope, 'ToApiServer', {
      groupId: cluster.clusterSecurityGroupId,
      sourceSecurityGroupId: securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description: 'Delivery to the API server',
    });
    return {
      vpc: cluster.vpc,
      vpcSubnets: this.subnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [securityGroup],
      dependencies: [ingress],
    };
  }
}
