import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterScoped } from './cluster-scoped';
import { checkDnsSubdomain, checkNamespace } from '../private/kubernetes-names';

/** The load balancer that a Gateway of a class becomes. */
export enum GatewayLoadBalancer {
  /** An application load balancer, for HTTPRoutes and GRPCRoutes. */
  ALB = 'alb',
  /** A network load balancer, for TCPRoutes, UDPRoutes and TLSRoutes. */
  NLB = 'nlb',
}

/** The `LoadBalancerConfiguration` that Gateways of a class have. */
export interface LoadBalancerConfigurationRef {
  /** Its name. */
  readonly name: string;

  /** Its namespace. */
  readonly namespace: string;
}

/** Properties of an `AwsGatewayClass`. */
export interface AwsGatewayClassProps {
  /** What Gateways of the class become. */
  readonly loadBalancer: GatewayLoadBalancer;

  /**
   * The name, which Gateways refer to.
   *
   * @default - `alb` or `nlb`
   */
  readonly name?: string;

  /**
   * What their load balancers are like (`charts.LoadBalancerConfiguration`).
   *
   * @default - internal, with the controller's defaults, unless a Gateway has a configuration of its own
   */
  readonly configuration?: LoadBalancerConfigurationRef;

  /**
   * What the class is for, at most 64 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

/**
 * A gateway class (`GatewayClass`) of the AWS Load Balancer Controller: Gateways of it become load balancers. It needs the add-ons
 * `AwsLoadBalancerController` and `GatewayApi`.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway/
 */
export class AwsGatewayClass extends Construct {
  /** The name, which Gateways refer to. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: AwsGatewayClassProps) {
    super(scope, id);
    const { loadBalancer, configuration, description } = props;
    if (description !== undefined && description.length > 64) {
      throw new Error(`"description" has ${description.length} characters: give at most 64`);
    }
    this.name = clusterScoped(new ApiObject(this, 'Default', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: checkDnsSubdomain('name', props.name ?? loadBalancer) },
      spec: {
        controllerName: `gateway.k8s.aws/${loadBalancer}`,
        description,
        parametersRef: configuration && {
          group: 'gateway.k8s.aws',
          kind: 'LoadBalancerConfiguration',
          name: checkDnsSubdomain('configuration.name', configuration.name),
          namespace: checkNamespace('configuration.namespace', configuration.namespace),
        },
      },
    })).name;
  }
}
