import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { FargateLogConfiguration } from '../charts/fargate-log-configuration';
import { AttachedChart } from '../delivery/attached-chart';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';

/**
 * Options of FargateLogging.
 */
export interface FargateLoggingOptions {
  /**
   * The log group. It must exist when pods start.
   *
   * @default - a new one
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How long a new log group keeps logs.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * What happens to a new log group when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * What happens to logs on the way: `[FILTER]` sections of Fluent Bit.
   *
   * @default - every line gets the metadata of its pod
   */
  readonly filters?: string;

  /**
   * How logs are read: `[PARSER]` sections of Fluent Bit.
   *
   * @default - as lines of the container runtime
   */
  readonly parsers?: string;

  /**
   * More `[OUTPUT]` sections of Fluent Bit. The pod execution roles need the permissions for them, too.
   *
   * @default - logs go to the log group only
   */
  readonly additionalOutputs?: string;
}

/**
 * Properties of FargateLogging.
 */
export interface FargateLoggingProps extends FargateLoggingOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;

  /**
   * Pod execution roles of the Fargate profiles whose pods log: with them Fargate writes logs.
   */
  readonly podExecutionRoles: iam.IRole[];
}

/**
 * Logs of pods on Fargate: sent to CloudWatch Logs by the Fluent Bit that EKS runs beside them. A namespace and a ConfigMap in the cluster, a log
 * group, and the permission to write there for the pod execution roles.
 *
 * Pods take the configuration when they start: those that run already send nothing until they are replaced.
 *
 * - **Auto Mode**: needless, `FluentBit` or ContainerInsights is for pods on nodes.
 * - **Fargate**: yes, and only there.
 * - **Windows**: no.
 * - **arm64**: no, not on Fargate.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 *
 * @example
 * const batch = cluster.addFargateProfile('Batch', { selectors: [{ namespace: 'batch' }] });
 * new addons.FargateLogging(stack, 'FargateLogs', { cluster, podExecutionRoles: [batch.podExecutionRole] });
 */
export class FargateLogging extends Construct {
  /** Namespace and ConfigMap. */
  public readonly chart: AttachedChart;

  /** The log group. */
  public readonly logGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: FargateLoggingProps) {
    super(scope, id);
    const { cluster, podExecutionRoles } = props;
    if (podExecutionRoles.length === 0) {
      throw new Error('"podExecutionRoles" is empty: give those of the Fargate profiles whose pods log');
    }
    const ofNew = (['retention', 'logRemovalPolicy'] as const).find(prop => props[prop] !== undefined);
    if (props.logGroup && ofNew) {
      throw new Error(`"${ofNew}" is given together with "logGroup", which exists already: leave one of them out`);
    }

    this.logGroup = props.logGroup ?? new logs.LogGroup(this, 'Logs', {
      retention: props.retention ?? logs.RetentionDays.ONE_MONTH,
      removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const policy = new iam.Policy(this, 'Policy', {
      roles: podExecutionRoles,
      statements: [new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      })],
    });

    const chart = new cdk8s.Chart(new cdk8s.App(), 'fargate-logging');
    new FargateLogConfiguration(chart, 'configuration', {
      outputs: [cloudWatchLogs(this, this.logGroup), props.additionalOutputs].filter(Boolean).join('\n'),
      filters: props.filters ?? KUBERNETES_FILTER,
      parsers: props.parsers,
    });
    this.chart = new AttachedChart(this, 'Configuration', { cluster, chart, after: BootstrapStage.NETWORKING });
    this.chart.node.addDependency(policy);
    // With the profiles: what starts on Fargate afterwards, CoreDNS first of all, is logged.
    Bootstrap.of(cluster).add(BootstrapStage.CAPACITY, this.chart);
  }
}

const KUBERNETES_FILTER = `[FILTER]
    Name kubernetes
    Match kube.*
    Merge_Log On
    Keep_Log Off
    Buffer_Size 0
    Kube_Meta_Cache_TTL 300s
`;

/** The group exists, with its retention: nobody is allowed to make one. */
function cloudWatchLogs(scope: Construct, logGroup: logs.ILogGroup): string {
  return `[OUTPUT]
    Name cloudwatch_logs
    Match kube.*
    region ${Stack.of(scope).region}
    log_group_name ${logGroup.logGroupName}
    log_stream_prefix pods-
    auto_create_group false
`;
}
