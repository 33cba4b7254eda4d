import { Duration } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { HelmAddonOptions } from './helm-addon-options';
import { GATEKEEPER as PINNED } from '../catalogue/charts';
import { HelmRelease } from '../delivery/helm-release';
import { checkSeconds } from '../private/check-number';
import { checkNamespace } from '../private/kubernetes-names';

/**
 * Options of Gatekeeper.
 */
export interface GatekeeperOptions extends HelmAddonOptions {
  /**
   * Namespaces that may be given the label `admission.gatekeeper.sh/ignore`, with which constraints do not reach them.
   *
   * @default - none
   */
  readonly exemptNamespaces?: string[];

  /**
   * How often what exists already is held against the constraints. Whole seconds, at least one.
   *
   * @default Duration.minutes(1)
   */
  readonly auditInterval?: Duration;

  /**
   * Whether objects are refused while Gatekeeper does not answer. Otherwise they get in unchecked, and the audit finds them.
   *
   * @default false
   */
  readonly failClosed?: boolean;
}

/**
 * Properties of Gatekeeper.
 */
export interface GatekeeperProps extends GatekeeperOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * OPA Gatekeeper: constraints, written in Rego or CEL, that objects must keep to. A Helm chart.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes.
 * - **Windows**: partly, its constraints reach such pods, it runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://open-policy-agent.github.io/gatekeeper/website/docs/
 *
 * @example
 * new addons.Gatekeeper(stack, 'Gatekeeper', { cluster, exemptNamespaces: ['karpenter'] });
 */
export class Gatekeeper extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  constructor(scope: Construct, id: string, props: GatekeeperProps) {
    super(scope, id);
    const { cluster, exemptNamespaces = [], auditInterval = Duration.minutes(1) } = props;

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      values: {
        replicas: 3,
        auditInterval: checkSeconds('auditInterval', auditInterval, 1).toSeconds(),
        validatingWebhookFailurePolicy: props.failClosed ? 'Fail' : 'Ignore',
        controllerManager: { exemptNamespaces: exemptNamespaces.map((name, index) => checkNamespace(`exemptNamespaces[${index}]`, name)) },
        // The delivery applies the chart's definitions before every upgrade.
        upgradeCRDs: { enabled: false },
      },
    });
  }
}
