import { RemovalPolicy, Stack, StackProps, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { PlatformSize } from './platform-size';
import { SampleChart } from './sample-chart';
import { AwsLoadBalancerController } from '../addons/aws-load-balancer-controller';
import { ContainerInsights } from '../addons/container-insights';
import { EbsCsiDriver } from '../addons/ebs-csi-driver';
import { Karpenter } from '../addons/karpenter';
import { MetricsServer } from '../addons/metrics-server';
import { NodeMonitoringAgent } from '../addons/node-monitoring-agent';
import { AutoModeIngressClass } from '../charts/auto-mode-ingress-class';
import { CapacityType, NodeArchitecture, NodeRequirement } from '../charts/node-requirement';
import { PlatformChecks } from '../checks/platform-checks';
import { PlatformCluster } from '../cluster/platform-cluster';
import { PlatformVpc } from '../cluster/platform-vpc';
import { checkNamespace } from '../private/kubernetes-names';

/**
 * What a team decides about its platform.
 */
export interface PlatformBlueprintProps extends StackProps {
  /**
   * Kubernetes version.
   *
   * @default eks.KubernetesVersion.V1_36
   */
  readonly version?: eks.KubernetesVersion;

  /**
   * ARNs of the IAM roles whose holders administer the cluster.
   *
   * @default - nobody, with a warning
   */
  readonly adminRoleArns?: string[];

  /**
   * Whether people depend on it: then the cluster cannot be deleted by accident, every zone has its own NAT gateway, and the logs of its pods
   * outlive it. (A later platform of the same name fails while their log groups, /aws/containerinsights/NAME/..., exist.)
   *
   * @default true
   */
  readonly production?: boolean;

  /**
   * How much it may grow.
   *
   * @default PlatformSize.SMALL
   */
  readonly size?: PlatformSize;

  /**
   * Number of availability zones.
   *
   * @default 3
   */
  readonly zones?: number;

  /**
   * Who reaches the API server.
   *
   * @default eks.EndpointAccess.PRIVATE
   */
  readonly endpointAccess?: eks.EndpointAccess;

  /**
   * Whether AWS runs nodes, networking, storage and load balancing (EKS Auto Mode). Then the blueprint leaves out what Auto Mode brings:
   * node groups, Karpenter, the CSI driver, the load balancer controller.
   *
   * @default false
   */
  readonly autoMode?: boolean;

  /**
   * Whether Container Insights also collects Application Signals (traces and service metrics).
   *
   * @default false
   */
  readonly applicationSignals?: boolean;

  /**
   * The layer with helm, made by somebody else: by its ARN, for example. A layer of this stack's own, such as
   * `new KubectlV36Layer(platform, 'Kubectl')`, is given afterwards, with `platform.cluster.useKubectlLayer(layer)`.
   *
   * @default - given with `useKubectlLayer`; needed unless `autoMode`
   */
  readonly kubectlLayerArn?: string;

  /**
   * Namespace of the tenant with the sample web service.
   *
   * @default 'sample'
   */
  readonly sampleNamespace?: string;

  /**
   * Whether there is a tenant with a sample web service.
   *
   * @default true
   */
  readonly sample?: boolean;

  /**
   * Host name of the sample web service.
   *
   * @default - every host name
   */
  readonly domain?: string;

  /**
   * ARN of the ACM certificate with which the sample web service speaks HTTPS.
   *
   * @default - HTTP only
   */
  readonly certificateArn?: string;

  /**
   * CIDRs from which the sample web service is reached from the internet; `0.0.0.0/0` is everyone.
   *
   * @default - it is reached from within the VPC only
   */
  readonly internetCidrs?: string[];

  /**
   * Whether `checks.PlatformChecks` looks at all stacks of the app or stage at synth. It does not where there is one already.
   *
   * @default true
   */
  readonly checks?: boolean;
}

/**
 * The reference platform: a VPC, a cluster with its networking, system nodes, Karpenter for the rest, the load balancer controller,
 * storage, metrics, Container Insights, and a tenant with a sample web service.
 */
export class PlatformBlueprint extends Stack {
  /** The network. */
  public readonly vpc: ec2.IVpc;

  /** The cluster. */
  public readonly cluster: PlatformCluster;

  /** Karpenter; not on Auto Mode. */
  public readonly karpenter?: Karpenter;

  constructor(scope: Construct, id: string, props: PlatformBlueprintProps = {}) {
    super(scope, id, props);
    checkProps(props);
    const { production = true, autoMode = false, size = PlatformSize.SMALL, zones = 3 } = props;
    if (props.checks ?? true) {
      PlatformChecks._addUnlessThere(this);
    }

    this.vpc = new PlatformVpc(this, 'Vpc', { zones, natGateways: production ? zones : 1 });
    this.cluster = new PlatformCluster(this, 'Cluster', {
      version: props.version ?? eks.KubernetesVersion.V1_36,
      vpc: this.vpc,
      endpointAccess: props.endpointAccess,
      admins: props.adminRoleArns?.map((arn, i) => iam.Role.fromRoleArn(this, `Admin${i + 1}`, arn, { mutable: false })),
      deletionProtection: production,
      autoMode: autoMode ? {} : undefined,
      kubectlLayer: props.kubectlLayerArn ? lambda.LayerVersion.fromLayerVersionArn(this, 'Kubectl', props.kubectlLayerArn) : undefined,
      vpcCni: autoMode ? undefined : { networkPolicy: true },
    });
    const { cluster } = this;

    if (!autoMode) {
      cluster.addManagedNodeGroup('System', {
        instanceTypes: [size.systemInstanceType],
        minSize: size.minSystemNodes,
        maxSize: size.maxSystemNodes,
        labels: { 'node-role/system': 'true' },
      });
      new EbsCsiDriver(this, 'Storage', { cluster });
      new NodeMonitoringAgent(this, 'NodeMonitoring', { cluster });
      new AwsLoadBalancerController(this, 'LoadBalancing', { cluster });
      this.karpenter = new Karpenter(this, 'Karpenter', { cluster });
      this.karpenter.addNodePool('General', {
        requirements: [
          NodeRequirement.capacityTypes(CapacityType.ON_DEMAND, CapacityType.SPOT),
          NodeRequirement.architectures(NodeArchitecture.AMD64),
          NodeRequirement.instanceCategories('c', 'm', 'r'),
          NodeRequirement.instanceGenerationGreaterThan(4),
        ],
        limits: { cpu: size.cpuLimit, memory: size.memoryLimit },
      });
    }
    new MetricsServer(this, 'Metrics', { cluster });
    new ContainerInsights(this, 'Insights', {
      cluster,
      applicationSignals: props.applicationSignals,
      logRetention: production ? logs.RetentionDays.THREE_MONTHS : logs.RetentionDays.ONE_WEEK,
      logRemovalPolicy: production ? undefined : RemovalPolicy.DESTROY,
    });

    if (props.sample ?? true) {
      const manifests = new cdk8s.App();
      const sample = cluster.addChart('Sample', new SampleChart(manifests, 'sample', {
        namespace: props.sampleNamespace ?? 'sample',
        loadBalancerCidr: this.vpc.vpcCidrBlock,
        domain: props.domain,
        certificateArn: props.certificateArn,
        internetCidrs: props.internetCidrs,
        dnsCidrs: autoMode ? ['0.0.0.0/0'] : undefined,
      }));
      if (autoMode) {
        const classes = new cdk8s.Chart(manifests, 'ingress-class');
        new AutoModeIngressClass(classes, 'Alb');
        sample.node.addDependency(cluster.addChart('IngressClass', classes));
      }
    }
  }
}

function checkProps(props: PlatformBlueprintProps) {
  for (const arn of props.adminRoleArns ?? []) {
    if (!Token.isUnresolved(arn) && !/^arn:[^:]+:iam::\d{12}:role\/./.test(arn)) {
      throw new Error(`"adminRoleArns" has "${arn}": give ARNs of IAM roles, like arn:PARTITION:iam::ACCOUNT:role/NAME`);
    }
  }
  if (props.sampleNamespace !== undefined) {
    checkNamespace('sampleNamespace', props.sampleNamespace);
  }
  for (const prop of ['sampleNamespace', 'domain', 'certificateArn', 'internetCidrs'] as const) {
    if (props.sample === false && props[prop] !== undefined) {
      throw new Error(`"${prop}" is given but "sample" is false: leave one of them out`);
    }
  }
}
