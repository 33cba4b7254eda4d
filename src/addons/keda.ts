import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { HelmAddonOptions } from './helm-addon-options';
import { KEDA as PINNED } from '../catalogue/charts';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';

/**
 * Options of Keda.
 */
export interface KedaOptions extends HelmAddonOptions {}

/**
 * Properties of Keda.
 */
export interface KedaProps extends KedaOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * KEDA: scales workloads by events, such as the length of a queue, down to nothing. A Helm chart.
 *
 * Scalers with the identity of the operator have what is granted to this construct: `queue.grant(keda, 'sqs:GetQueueAttributes')`. By itself it
 * may do nothing in AWS.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, with IRSA where scalers ask AWS.
 * - **Windows**: partly, scales such workloads, runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://keda.sh/docs/
 *
 * @example
 * const keda = new addons.Keda(stack, 'Keda', { cluster });
 * bucket.grantRead(keda);
 */
export class Keda extends Construct implements iam.IGrantable {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of the operator, which asks AWS what there is to do. */
  public readonly serviceAccountRole: ServiceAccountRole;

  /** What grants apply to: the operator's role. */
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: KedaProps) {
    super(scope, id);
    const { cluster } = props;
    this.serviceAccountRole = chartRole(this, PINNED, 'KEDA operator', props);
    this.grantPrincipal = this.serviceAccountRole.grantPrincipal;
    const budget = { minAvailable: 1 };

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        clusterName: cluster.clusterName,
        operator: { replicaCount: 2 },
        metricsServer: { replicaCount: 2 },
        webhooks: { replicaCount: 2 },
        podDisruptionBudget: { operator: budget, metricServer: budget, webhooks: budget },
        priorityClassName: 'system-cluster-critical',
        serviceAccount: { operator: { name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations } },
      },
    });
  }
}
