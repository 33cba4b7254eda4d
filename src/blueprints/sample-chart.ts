import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { AlbIngress } from '../charts/alb-ingress';
import { LoadBalancerScheme } from '../charts/load-balancer-options';
import { Probe } from '../charts/probe';
import { Tenant } from '../charts/tenant';
import { WebService } from '../charts/web-service';

/**
 * Properties of a SampleChart.
 */
export interface SampleChartProps {
  /**
   * Name of the tenant's namespace, which the chart makes.
   */
  readonly namespace: string;

  /**
   * CIDR from which the load balancer reaches the pods: that of the VPC.
   */
  readonly loadBalancerCidr: string;

  /**
   * CIDRs of DNS servers that are not pods, as on EKS Auto Mode, where nodes answer.
   *
   * @default - only the CoreDNS pods
   */
  readonly dnsCidrs?: string[];

  /**
   * Host name that the service answers to.
   *
   * @default - every host name
   */
  readonly domain?: string;

  /**
   * ARN of the ACM certificate for HTTPS.
   *
   * @default - HTTP only
   */
  readonly certificateArn?: string;

  /**
   * CIDRs from which the service is reached from the internet.
   *
   * @default - it is not reachable from the internet
   */
  readonly internetCidrs?: string[];
}

/**
 * A tenant with one small web service behind an Application Load Balancer: it shows that nodes, DNS, network policies and the
 * load balancer controller of a new platform work together, and how a team's own chart may look.
 */
export class SampleChart extends cdk8s.Chart {
  constructor(scope: Construct, id: string, props: SampleChartProps) {
    super(scope, id, { namespace: props.namespace });
    new Tenant(this, 'Tenant', { name: props.namespace, ingressCidrs: [props.loadBalancerCidr], dnsCidrs: props.dnsCidrs });
    const service = new WebService(this, 'Hello', {
      name: 'hello',
      image: 'registry.k8s.io/e2e-test-images/agnhost:2.47',
      args: ['netexec', '--http-port=8080'],
      port: 8080,
      readinessProbe: Probe.httpGet('/healthz'),
      maxReplicas: 4,
    });
    new AlbIngress(this, 'Ingress', {
      name: 'hello',
      rules: [{ host: props.domain, serviceName: service.serviceName, servicePort: service.port }],
      scheme: props.internetCidrs ? LoadBalancerScheme.INTERNET_FACING : LoadBalancerScheme.INTERNAL,
      inboundCidrs: props.internetCidrs,
      certificateArns: props.certificateArn ? [props.certificateArn] : undefined,
      healthCheck: { path: '/healthz' },
    });
  }
}
