import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { HelmAddonOptions } from './helm-addon-options';
import { KYVERNO as PINNED } from '../catalogue/charts';
import { HelmRelease } from '../delivery/helm-release';
import { checkNamespace } from '../private/kubernetes-names';

/**
 * Options of Kyverno.
 */
export interface KyvernoOptions extends HelmAddonOptions {
  /**
   * Namespaces that policies do not reach. While Kyverno is down, nothing can be made or changed in any other that a policy reaches.
   *
   * @default ['kube-system']
   */
  readonly excludedNamespaces?: string[];
}

/**
 * Properties of Kyverno.
 */
export interface KyvernoProps extends KyvernoOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Kyverno: policies as Kubernetes objects, which check, change, make and clean up others. A Helm chart.
 *
 * The chart's Kyverno is 1.19.0, whose source could be checked; 1.19.1 mends vulnerabilities in it, so give `version` as soon as you can.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes.
 * - **Windows**: partly, its policies reach such pods, it runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://kyverno.io/docs/
 *
 * @example
 * new addons.Kyverno(stack, 'Kyverno', { cluster, excludedNamespaces: ['kube-system', 'karpenter'] });
 */
export class Kyverno extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  constructor(scope: Construct, id: string, props: KyvernoProps) {
    super(scope, id);
    const { cluster, excludedNamespaces = ['kube-system'] } = props;
    const controller = { replicas: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } };

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      values: {
        admissionController: { ...controller, replicas: 3, priorityClassName: 'system-cluster-critical' },
        backgroundController: controller,
        cleanupController: controller,
        reportsController: controller,
        config: {
          webhooks: {
            namespaceSelector: {
              matchExpressions: [{
                key: 'kubernetes.io/metadata.name',
                operator: 'NotIn',
                values: excludedNamespaces.map((name, index) => checkNamespace(`excludedNamespaces[${index}]`, name)),
              }],
            },
          },
        },
      },
    });
  }
}
