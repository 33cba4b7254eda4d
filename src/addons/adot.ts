import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AddonRoleOptions } from './addon-role-options';
import { inlinePolicies } from './inline-policies';
import { PrometheusWorkspace } from './prometheus-workspace';
import { BootstrapStage } from '../delivery/bootstrap';
import { AddonPodIdentity, ManagedAddon } from '../delivery/managed-addon';
import { workloadRole } from '../identity/workload-role';
import { mergeValues } from '../private/merge-values';

const NAMESPACE = 'opentelemetry-operator-system';

/**
 * Options of Adot.
 */
export interface AdotOptions extends AddonRoleOptions {
  /**
   * Whether a collector takes traces by OTLP, at `adot-col-otlp-ingest-collector.opentelemetry-operator-system:4317`, and sends them to X-Ray.
   *
   * @default false
   */
  readonly traces?: boolean;

  /**
   * Workspace to which a collector sends the metrics of pods that have Prometheus' annotations.
   *
   * @default - no such collector
   */
  readonly metricsWorkspace?: PrometheusWorkspace;

  /**
   * Log group to which a collector on every node sends the logs of containers. It must exist.
   *
   * @default - no such collector
   */
  readonly containerLogGroup?: logs.ILogGroup;
}

/**
 * Properties of Adot.
 */
export interface AdotProps extends AdotOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The AWS Distro for OpenTelemetry: the OpenTelemetry operator, which runs collectors and instruments workloads, and the collectors that
 * are asked for, each with a role of its own. An EKS add-on.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes with IRSA, but for the logs of containers.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 * - **Needs**: cert-manager.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/opentelemetry.html
 *
 * @example
 * new addons.Adot(stack, 'OpenTelemetry', { cluster, traces: true });
 */
export class Adot extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: AdotProps) {
    super(scope, id);
    const irsa = props.identityType === eks.IdentityType.IRSA;
    const collectors = collectorsOf(props).map(collector => ({
      ...collector,
      role: collectorRole(this, props, collector),
    }));

    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      addonName: 'adot',
      configurationValues: mergeValues(collectors.length === 0 ? {} : {
        collector: Object.fromEntries(collectors.map(({ key, role, configuration }) => [key, {
          ...configuration,
          // The add-on's own role is the operator's; a collector has its from its service account.
          serviceAccount: irsa ? { annotations: { 'eks.amazonaws.com/role-arn': role.roleArn } } : undefined,
        }])),
      }, props.configurationValues),
      podIdentities: irsa ? undefined : collectors.map(({ serviceAccount, role }): AddonPodIdentity => ({ serviceAccount, role })),
      // cert-manager stands on the floor of EKS add-ons, and gives the operator's webhook its certificate.
      after: BootstrapStage.SYSTEM,
      stage: BootstrapStage.CONTROLLERS,
    });
    if (irsa) {
      this.addon.node.addDependency(...collectors.map(({ role }) => role));
    }
  }
}

interface Collector {
  readonly key: string;
  readonly serviceAccount: string;
  readonly configuration: Record<string, any>;
  readonly managedPolicy?: string;
  readonly statement?: iam.PolicyStatementProps;
}

/** The add-on names collectors and their service accounts itself. */
function collectorsOf({ cluster, traces, metricsWorkspace, containerLogGroup }: AdotProps): Collector[] {
  return [
    ...traces ? [{
      key: 'otlpIngest',
      serviceAccount: 'adot-col-otlp-ingest',
      configuration: { pipelines: { traces: { xray: { enabled: true } } } },
      managedPolicy: 'AWSXrayWriteOnlyAccess',
    }] : [],
    ...metricsWorkspace ? [{
      key: 'prometheusMetrics',
      serviceAccount: 'adot-col-prom-metrics',
      configuration: {
        pipelines: { metrics: { amp: { enabled: true } } },
        exporters: { prometheusremotewrite: { endpoint: metricsWorkspace.remoteWriteUrl } },
      },
      statement: { actions: ['aps:RemoteWrite'], resources: [metricsWorkspace.workspaceArn] },
    }] : [],
    ...containerLogGroup ? [{
      key: 'containerLogs',
      serviceAccount: 'adot-col-container-logs',
      configuration: {
        pipelines: { logs: { cloudwatchLogs: { enabled: true } } },
        exporters: { awscloudwatchlogs: { log_group_name: containerLogGroup.logGroupName, log_stream_name: cluster.clusterName } },
      },
      statement: {
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [containerLogGroup.logGroupArn],
      },
    }] : [],
  ];
}

function collectorRole(scope: Construct, { cluster, identityType }: AdotProps, collector: Collector): iam.Role {
  const { key, serviceAccount, managedPolicy, statement } = collector;
  const role = workloadRole(scope, `${key[0].toUpperCase()}${key.slice(1)}Role`, {
    cluster,
    identityType,
    namespace: NAMESPACE,
    serviceAccount,
    description: `OpenTelemetry collector (${NAMESPACE}/${serviceAccount})`,
    managedPolicies: managedPolicy ? [iam.ManagedPolicy.fromAwsManagedPolicyName(managedPolicy)] : [],
  });
  if (statement) {
    inlinePolicies(role, { Export: [new iam.PolicyStatement(statement)] });
  }
  return role;
}
