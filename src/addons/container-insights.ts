import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnDiscovery } from 'aws-cdk-lib/aws-applicationsignals';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';
import { mergeValues } from '../private/merge-values';

/**
 * Options of ContainerInsights.
 */
export interface ContainerInsightsOptions extends ManagedAddonOptions {
  /**
   * How the agents get their role. Pod Identity needs the pod identity agent (`PodIdentityAgent`, which PlatformCluster has).
   *
   * @default eks.IdentityType.POD_IDENTITY
   */
  readonly identityType?: eks.IdentityType;

  /**
   * Whether metrics are those of Container Insights with enhanced observability: down to the container, and billed by observation.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/container-insights-detailed-metrics.html
   */
  readonly enhancedObservability?: boolean;

  /**
   * Whether Fluent Bit sends the logs of containers and nodes to CloudWatch Logs.
   *
   * @default true
   */
  readonly containerLogs?: boolean;

  /**
   * Whether services are monitored by Application Signals: the add-on instruments workloads and the agents take their traces.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Application-Signals-Enable-EKS.html
   */
  readonly applicationSignals?: boolean;

  /**
   * Whether Application Signals is turned on in the account and region, which is needed once in each. It needs `applicationSignals`.
   *
   * @default false
   */
  readonly applicationSignalsDiscovery?: boolean;

  /**
   * Configuration of the CloudWatch agent, merged deeply over the one that the properties above make; these values win.
   *
   * @default - what the properties above say
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
   */
  readonly agentConfig?: { [key: string]: any };

  /**
   * How long logs and performance events are kept. Their log groups are then made before the agents would make them, and must not exist yet.
   *
   * @default - the agents make the log groups, and they are kept for ever
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What happens to the log groups when they leave the stack. It needs `logRetention`.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly logRemovalPolicy?: RemovalPolicy;
}

/**
 * Properties of ContainerInsights.
 */
export interface ContainerInsightsProps extends ContainerInsightsOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * CloudWatch Container Insights: metrics and logs of the cluster, and of its services by Application Signals. The EKS add-on
 * amazon-cloudwatch-observability.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: no, DaemonSets.
 * - **Windows**: yes, but for Application Signals; Pod Identity does not exist there, so the metrics of such nodes need IRSA.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
 *
 * @example
 * new addons.ContainerInsights(stack, 'Insights', { cluster, applicationSignals: true });
 */
export class ContainerInsights extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of the CloudWatch agent and of Fluent Bit. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: ContainerInsightsProps) {
    super(scope, id);
    const { cluster, applicationSignals = false } = props;
    refuseContradictions(props);

    const policies = ['CloudWatchAgentServerPolicy', ...(applicationSignals ? ['AWSXrayWriteOnlyAccess'] : [])];
    const { role, ...identity } = addonRole(this, 'Role', {
      cluster,
      options: props,
      what: 'CloudWatch agent and Fluent Bit',
      namespace: 'amazon-cloudwatch',
      serviceAccount: 'cloudwatch-agent',
      managedPolicies: policies.map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      ...identity,
      addonName: 'amazon-cloudwatch-observability',
      configurationValues: mergeValues(configuration(this, props), props.configurationValues),
    });

    if (props.applicationSignalsDiscovery) {
      this.addon.node.addDependency(new CfnDiscovery(this, 'Discovery'));
    }
    if (props.logRetention !== undefined) {
      for (const kind of ['Performance', ...(props.containerLogs === false ? [] : ['Application', 'Dataplane', 'Host'])]) {
        this.addon.node.addDependency(new logs.LogGroup(this, `${kind}Logs`, {
          logGroupName: `/aws/containerinsights/${cluster.clusterName}/${kind.toLowerCase()}`,
          retention: props.logRetention,
          removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        }));
      }
    }
  }
}

function refuseContradictions(props: ContainerInsightsOptions) {
  if (props.applicationSignalsDiscovery && !props.applicationSignals) {
    throw new Error('"applicationSignalsDiscovery" is true but "applicationSignals" is not: give "applicationSignals" too, or leave it out');
  }
  if (props.logRemovalPolicy && props.logRetention === undefined) {
    throw new Error(`"logRemovalPolicy" is RemovalPolicy.${props.logRemovalPolicy.toUpperCase()} but "logRetention" is missing: give it, or no log group is made here`);
  }
}

function configuration(scope: Construct, props: ContainerInsightsOptions): Record<string, any> {
  const { enhancedObservability = true, applicationSignals = false } = props;
  return {
    containerLogs: props.containerLogs === false ? { enabled: false } : undefined,
    applicationSignals: { enabled: applicationSignals },
    // A given configuration replaces the add-on's own as a whole, so it is made whole here.
    agent: props.agentConfig || !enhancedObservability ? {
      config: mergeValues({
        agent: { region: Stack.of(scope).region }, // without it the add-on replaces all of "agent"
        logs: {
          metrics_collected: {
            kubernetes: { enhanced_container_insights: enhancedObservability },
            application_signals: applicationSignals ? {} : undefined,
          },
        },
        traces: applicationSignals ? { traces_collected: { application_signals: {} } } : undefined,
      }, props.agentConfig),
    } : undefined,
  };
}
