import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

/**
 * What every add-on that is installed from a Helm chart can be given.
 */
export interface HelmAddonOptions {
  /**
   * The chart's version.
   *
   * @default - the version that this library was tested with
   */
  readonly version?: string;

  /**
   * Where the chart is pulled from: a mirror of yours, `https://` or `oci://`.
   *
   * @default - the project's own repository
   */
  readonly repository?: string;

  /**
   * Values of the chart, merged deeply over those that the typed properties make; these win.
   *
   * @default - what the typed properties say
   */
  readonly values?: { [key: string]: any };

  /**
   * How the controller's pods get their role. Pod Identity needs the pod identity agent (`PodIdentityAgent`, which PlatformCluster has).
   * Pods on Fargate need IRSA.
   *
   * @default eks.IdentityType.POD_IDENTITY
   */
  readonly identityType?: eks.IdentityType;

  /**
   * How long an install, upgrade or uninstall may take. At most 14 minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;

  /**
   * What happens to the release when this construct is removed: `DESTROY` uninstalls it, `RETAIN` leaves it.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
