import { existsSync } from 'fs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { AwsGatewayClass, GatewayLoadBalancer, LoadBalancerConfigurationRef } from '../charts/aws-gateway-class';
import { AttachedChart } from '../delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';

/** The bundle of definitions that the pinned AWS Load Balancer Controller is built for: TCPRoute and UDPRoute are standard from then on. */
const OLDEST_BUNDLE = '1.6.0';

/**
 * Options of GatewayApi.
 */
export interface GatewayApiOptions {
  /**
   * Path of a file with the definitions, version 1.6 or later: `standard-install.yaml` of a release of the Gateway API, kept beside your app.
   * They stay in the cluster when this construct is removed, and with them Gateways and routes.
   *
   * @default - they are in the cluster already: EKS manages them, or something else has installed them
   * @see https://github.com/kubernetes-sigs/gateway-api/releases
   */
  readonly definitions?: string;

  /**
   * Whether there is a class `alb`, whose Gateways become application load balancers.
   *
   * @default true
   */
  readonly albGatewayClass?: boolean;

  /**
   * Whether there is a class `nlb`, whose Gateways become network load balancers.
   *
   * @default true
   */
  readonly nlbGatewayClass?: boolean;
}

/**
 * Properties of GatewayApi.
 */
export interface GatewayApiProps extends GatewayApiOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The Gateway API with load balancers of AWS: its definitions, and classes of Gateways for the AWS Load Balancer Controller.
 *
 * The definitions come before the controllers, as the AWS Load Balancer Controller looks for them once, when it starts. Where the controller
 * is there already, in another stack, restart it.
 *
 * - **Auto Mode**: yes, with the AWS Load Balancer Controller.
 * - **Fargate**: yes.
 * - **Windows**: yes.
 * - **arm64**: yes.
 * - **Needs**: AwsLoadBalancerController.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/gateway/
 *
 * @example
 * new addons.AwsLoadBalancerController(stack, 'LoadBalancing', { cluster });
 * const gateways = new addons.GatewayApi(stack, 'Gateways', { cluster, nlbGatewayClass: false });
 * gateways.addGatewayClass('Public', charts.GatewayLoadBalancer.ALB, { name: 'public', namespace: 'kube-system' });
 */
export class GatewayApi extends Construct {
  /** The definitions, where they are delivered here. */
  public readonly definitions?: AttachedChart;

  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: GatewayApiProps) {
    super(scope, id);
    this.cluster = props.cluster;
    if (props.definitions !== undefined) {
      this.definitions = this.deliver('Definitions', definitionsOf(props.definitions));
      // Before the controllers, which look for them when they start.
      Bootstrap.of(props.cluster).add(BootstrapStage.SYSTEM, this.definitions);
    }
    if (props.albGatewayClass !== false) {
      this.addGatewayClass('Alb', GatewayLoadBalancer.ALB);
    }
    if (props.nlbGatewayClass !== false) {
      this.addGatewayClass('Nlb', GatewayLoadBalancer.NLB);
    }
  }

  /**
   * Adds a class of Gateways.
   *
   * @param id the construct id, in lower case the name of the class
   * @param configuration what their load balancers are like; by default internal
   */
  public addGatewayClass(id: string, loadBalancer: GatewayLoadBalancer, configuration?: LoadBalancerConfigurationRef): AttachedChart {
    const chart = new cdk8s.Chart(new cdk8s.App(), 'gateway-class');
    new AwsGatewayClass(chart, 'class', { name: id.toLowerCase(), loadBalancer, configuration });
    const gatewayClass = this.deliver(id, chart);
    if (this.definitions) {
      gatewayClass.node.addDependency(this.definitions);
    }
    return gatewayClass;
  }

  private deliver(id: string, chart: cdk8s.Chart): AttachedChart {
    return new AttachedChart(this, id, { cluster: this.cluster, chart, after: BootstrapStage.CONTROL_PLANE });
  }
}

/** A chart of the definitions in a file, which outlive it. */
function definitionsOf(path: string): cdk8s.Chart {
  if (!existsSync(path)) {
    throw new Error(`"definitions" is "${path}", where there is no file: download standard-install.yaml of a release of the Gateway API to there`);
  }
  const chart = new cdk8s.Chart(new cdk8s.App(), 'gateway-api');
  for (const object of cdk8s.Yaml.load(path).filter(Boolean)) {
    const { annotations = {}, name } = object.metadata ?? {};
    const version = annotations['gateway.networking.k8s.io/bundle-version'];
    if (version === undefined) {
      throw new Error(`"definitions" is "${path}", whose ${object.kind} "${name}" is not of the Gateway API: give standard-install.yaml of one of its releases`);
    }
    if (isOlder(version, OLDEST_BUNDLE)) {
      throw new Error(`"definitions" is "${path}", which is of version ${version}: give ${OLDEST_BUNDLE} or later, the AWS Load Balancer Controller needs it`);
    }
    new cdk8s.ApiObject(chart, `${object.kind}-${name}`, {
      ...object,
      metadata: { ...object.metadata, annotations: { ...annotations, 'eks-slipway/on-delete': 'retain' } },
    });
  }
  return chart;
}

/** Whether 'v1.5.1' is older than '1.6.0'. */
function isOlder(version: string, oldest: string): boolean {
  const numbers = (text: string) => text.replace(/^v/, '').split(/[.-]/).slice(0, 3).map(Number);
  const [a, b] = [numbers(version), numbers(oldest)];
  const i = a.findIndex((n, at) => n !== b[at]);
  return i >= 0 && a[i] < b[i];
}
