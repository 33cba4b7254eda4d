import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { loadBalancerControllerStatements } from './aws-load-balancer-controller-policy';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { HelmAddonOptions } from './helm-addon-options';
import { inlinePolicies } from './inline-policies';
import { AWS_LOAD_BALANCER_CONTROLLER as PINNED } from '../catalogue/charts';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';

/**
 * Options of AwsLoadBalancerController.
 */
export interface AwsLoadBalancerControllerOptions extends HelmAddonOptions {}

/**
 * Properties of AwsLoadBalancerController.
 */
export interface AwsLoadBalancerControllerProps extends AwsLoadBalancerControllerOptions {
  /**
   * The cluster. It may be in another stack, or imported (with its VPC).
   */
  readonly cluster: eks.ICluster;
}

/**
 * The AWS Load Balancer Controller: application load balancers for Ingresses, network load balancers for Services with the
 * `loadBalancerClass` service.k8s.aws/nlb. A Helm chart.
 *
 * It does not take over Services without a `loadBalancerClass` (the chart's service webhook is off): with it, no Service at all could be
 * made while the controller is down.
 *
 * - **Auto Mode**: needless, it has a controller of its own (`AutoModeIngressClass`).
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: partly, targets may be on such nodes, the controller runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/
 *
 * @example
 * new addons.AwsLoadBalancerController(stack, 'LoadBalancing', { cluster });
 */
export class AwsLoadBalancerController extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of the controller. */
  public readonly serviceAccountRole: ServiceAccountRole;

  constructor(scope: Construct, id: string, props: AwsLoadBalancerControllerProps) {
    super(scope, id);
    const { cluster } = props;

    this.serviceAccountRole = chartRole(this, PINNED, 'AWS Load Balancer Controller', props);
    inlinePolicies(this.serviceAccountRole.role, { LoadBalancing: loadBalancerControllerStatements() });

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        clusterName: cluster.clusterName,
        // Given, because pods cannot ask the instance metadata behind its hop limit of 1.
        region: Stack.of(this).region,
        vpcId: cluster.vpc.vpcId,
        replicaCount: 2,
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: { requests: { cpu: '100m', memory: '128Mi' } },
        serviceAccount: { create: true, name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations },
        enableServiceMutatorWebhook: false,
        // Otherwise every upgrade makes new certificates, and Ingresses are refused until all pods have them.
        keepTLSSecret: true,
      },
    });
  }
}
