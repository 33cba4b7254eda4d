import { Duration, Size, SizeRoundingBehavior, Token, Tokenization } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { HelmAddonOptions } from './helm-addon-options';
import { inlinePolicies } from './inline-policies';
import { NOT_ON_FARGATE } from './not-on-fargate';
import { PrometheusWorkspace } from './prometheus-workspace';
import { KUBE_PROMETHEUS_STACK as PINNED } from '../catalogue/charts';
import { HelmRelease, HelmSecretValue } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';
import { checkInteger, checkSeconds } from '../private/check-number';
import { hasAutoMode } from '../private/cluster-facts';
import { goDuration } from '../private/duration-text';
import { checkDnsSubdomain } from '../private/kubernetes-names';

/**
 * Options of KubePrometheusStack.
 */
export interface KubePrometheusStackOptions extends HelmAddonOptions {
  /**
   * How long metrics are kept; less when `storage` is 85 % full of them.
   *
   * @default Duration.days(10)
   */
  readonly retention?: Duration;

  /**
   * Volume of each Prometheus, in whole GiB. A volume that exists stays as large as it is.
   *
   * @default Size.gibibytes(50)
   */
  readonly storage?: Size;

  /**
   * Storage class of the volumes.
   *
   * @default - the cluster's default class
   */
  readonly storageClass?: string;

  /**
   * Number of Prometheus servers. Each collects everything.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * Workspace of Amazon Managed Service for Prometheus that gets all metrics too.
   *
   * @default - none
   */
  readonly remoteWriteWorkspace?: PrometheusWorkspace;

  /**
   * Whether Alertmanager is installed.
   *
   * @default true
   */
  readonly alertmanager?: boolean;

  /**
   * Whether Grafana is installed, with the project's dashboards.
   *
   * @default true
   */
  readonly grafana?: boolean;

  /**
   * Password of Grafana's user `admin`.
   *
   * @default - a random one, in the cluster's Secret `kube-prometheus-stack-grafana`
   */
  readonly grafanaAdminPassword?: HelmSecretValue;
}

/**
 * Properties of KubePrometheusStack.
 */
export interface KubePrometheusStackProps extends KubePrometheusStackOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Prometheus with its operator, Alertmanager, Grafana, the project's rules and dashboards, and the exporters for nodes and objects. A Helm chart,
 * with custom resource definitions that every upgrade brings up to date.
 *
 * ServiceMonitors, PodMonitors and rules count in every namespace. What AWS runs out of reach (scheduler, controller manager, etcd; on Auto Mode also
 * kube-proxy and CoreDNS) is not scraped, and raises no alert for being absent.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: no, volumes of EBS; nodes there have no exporter.
 * - **Windows**: no, nodes have no exporter, unless `windowsMonitoring` among the `values` is on.
 * - **arm64**: yes.
 * - **Needs**: a storage class, such as the one of EbsCsiDriver.
 *
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 *
 * @example
 * new addons.KubePrometheusStack(stack, 'Prometheus', {
 *   cluster,
 *   retention: cdk.Duration.days(15),
 *   storage: cdk.Size.gibibytes(200),
 * });
 */
export class KubePrometheusStack extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of Prometheus. Undefined without `remoteWriteWorkspace`: then it needs none. */
  public readonly serviceAccountRole?: ServiceAccountRole;

  constructor(scope: Construct, id: string, props: KubePrometheusStackProps) {
    super(scope, id);
    const { cluster, remoteWriteWorkspace, grafana = true, alertmanager = true } = props;
    if (props.grafanaAdminPassword && !grafana) {
      throw new Error('"grafanaAdminPassword" is given but "grafana" is false: leave it out, or let Grafana be installed');
    }

    if (remoteWriteWorkspace) {
      this.serviceAccountRole = chartRole(this, PINNED, 'Prometheus', props);
      inlinePolicies(this.serviceAccountRole.role, {
        RemoteWrite: [new iam.PolicyStatement({ actions: ['aps:RemoteWrite'], resources: [remoteWriteWorkspace.workspaceArn] })],
      });
    }
    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: this.serviceAccountRole && [this.serviceAccountRole],
      secretValues: props.grafanaAdminPassword && { 'grafana.adminPassword': props.grafanaAdminPassword },
      values: {
        ...absentTargets(cluster),
        'prometheus': {
          serviceAccount: { create: true, name: PINNED.serviceAccount, annotations: this.serviceAccountRole?.annotations },
          podDisruptionBudget: { enabled: true },
          prometheusSpec: prometheusSpec(props),
        },
        'alertmanager': alertmanager ? {
          podDisruptionBudget: { enabled: true },
          alertmanagerSpec: { replicas: 2, storage: claim('5Gi', props.storageClass) },
        } : { enabled: false },
        'grafana': grafana ? undefined : { enabled: false },
        'prometheus-node-exporter': { affinity: NOT_ON_FARGATE },
      },
    });
  }
}

/** What nothing in the cluster answers for: its monitors would find no target, and its rules alert about that. */
function absentTargets(cluster: eks.ICluster): Record<string, any> {
  const absent = ['kubeControllerManager', 'kubeEtcd', 'kubeScheduler', ...hasAutoMode(cluster) ? ['coreDns', 'kubeProxy'] : []];
  return Object.fromEntries(absent.map(target => [target, { enabled: false }]));
}

function prometheusSpec(props: KubePrometheusStackProps): Record<string, any> {
  const storage = checkInteger('storage', (props.storage ?? Size.gibibytes(50)).toGibibytes({ rounding: SizeRoundingBehavior.NONE }), 1, Infinity, 'GiB');
  const everywhere = ['podMonitor', 'probe', 'rule', 'scrapeConfig', 'serviceMonitor'];
  return {
    replicas: checkInteger('replicas', props.replicas ?? 2, 1),
    retention: goDuration(checkSeconds('retention', props.retention ?? Duration.days(10), 1)),
    // Nobody can reckon with a size that is known only at the deployment.
    retentionSize: Token.isUnresolved(storage) ? undefined : `${Math.floor(storage * 850)}MiB`,
    storageSpec: claim(`${Tokenization.stringifyNumber(storage)}Gi`, props.storageClass),
    resources: { requests: { cpu: '250m', memory: '1Gi' } },
    externalLabels: { cluster: props.cluster.clusterName },
    // By these two labels the workspace takes each sample once, whichever server sends it.
    replicaExternalLabelName: props.remoteWriteWorkspace && '__replica__',
    remoteWrite: props.remoteWriteWorkspace && [{
      url: props.remoteWriteWorkspace.remoteWriteUrl,
      sigv4: { region: props.remoteWriteWorkspace.region },
    }],
    // Otherwise only those that carry the label of this release.
    ...Object.fromEntries(everywhere.map(kind => [`${kind}SelectorNilUsesHelmValues`, false])),
  };
}

function claim(storage: string, storageClassName?: string): Record<string, any> {
  return { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], storageClassName: checkDnsSubdomain('storageClass', storageClassName), resources: { requests: { storage } } } } };
}
