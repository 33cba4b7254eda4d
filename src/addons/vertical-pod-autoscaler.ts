import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { HelmAddonOptions } from './helm-addon-options';
import { VERTICAL_POD_AUTOSCALER as PINNED } from '../catalogue/charts';
import { HelmRelease } from '../delivery/helm-release';

/**
 * Options of VerticalPodAutoscaler.
 */
export interface VerticalPodAutoscalerOptions extends HelmAddonOptions {
  /**
   * Whether it only says what pods should request, in the status of its objects, and changes no pod.
   *
   * @default false
   */
  readonly recommendOnly?: boolean;
}

/**
 * Properties of VerticalPodAutoscaler.
 */
export interface VerticalPodAutoscalerProps extends VerticalPodAutoscalerOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The Vertical Pod Autoscaler: sets the requests of pods by what they use, for workloads that a VerticalPodAutoscaler object names. A Helm
 * chart, which its project calls under development.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes; Fargate sizes a pod by its requests when it starts.
 * - **Windows**: no, it runs on Linux.
 * - **arm64**: yes.
 * - **Needs**: MetricsServer.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 *
 * @example
 * new addons.MetricsServer(stack, 'Metrics', { cluster });
 * new addons.VerticalPodAutoscaler(stack, 'Vpa', { cluster, recommendOnly: true });
 */
export class VerticalPodAutoscaler extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  constructor(scope: Construct, id: string, props: VerticalPodAutoscalerProps) {
    super(scope, id);
    const changesPods = !props.recommendOnly;
    const part = (memory: string) => ({ replicas: 2, resources: { requests: { cpu: '50m', memory }, limits: { memory } } });

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster: props.cluster,
      options: props,
      values: {
        recommender: { ...part('500Mi'), priorityClassName: 'system-cluster-critical' },
        updater: { ...part('500Mi'), enabled: changesPods },
        admissionController: { ...part('200Mi'), enabled: changesPods, priorityClassName: 'system-cluster-critical' },
      },
    });
  }
}
