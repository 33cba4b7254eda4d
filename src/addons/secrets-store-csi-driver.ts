import { Duration, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { ManagedAddon, ManagedAddonOptions } from '../delivery/managed-addon';
import { checkSeconds } from '../private/check-number';
import { goDuration } from '../private/duration-text';
import { mergeValues } from '../private/merge-values';

/**
 * Options of SecretsStoreCsiDriver.
 */
export interface SecretsStoreCsiDriverOptions extends ManagedAddonOptions {
  /**
   * Whether the driver may write what is mounted into Kubernetes Secrets, where a class asks for it (`syncedSecrets`). It may then write every
   * Secret of the cluster.
   *
   * @default false
   */
  readonly syncSecrets?: boolean;

  /**
   * How often mounted files follow their secrets. Every pod with a mount reads them that often.
   *
   * @default - never: pods see what there was when they started
   */
  readonly rotationInterval?: Duration;
}

/**
 * Properties of SecretsStoreCsiDriver.
 */
export interface SecretsStoreCsiDriverProps extends SecretsStoreCsiDriverOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * The Secrets Store CSI driver with the AWS provider: secrets of Secrets Manager and parameters of Parameter Store as files in pods
 * (`charts.AwsSecretProviderClass`). An EKS add-on without a role: it reads with the role of the pod that mounts (`ServiceAccountRole`).
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: no, two DaemonSets.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/ascp-eks-installation.html
 *
 * @example
 * new addons.SecretsStoreCsiDriver(stack, 'Secrets', { cluster, rotationInterval: cdk.Duration.minutes(5) });
 */
export class SecretsStoreCsiDriver extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  constructor(scope: Construct, id: string, props: SecretsStoreCsiDriverProps) {
    super(scope, id);
    const { rotationInterval } = props;
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      addonName: 'aws-secrets-store-csi-driver-provider',
      configurationValues: mergeValues({
        // Otherwise it asks the API server for the node of every pod that mounts.
        'awsRegion': Stack.of(this).region,
        'secrets-store-csi-driver': {
          syncSecret: { enabled: props.syncSecrets ?? false },
          enableSecretRotation: rotationInterval !== undefined,
          rotationPollInterval: rotationInterval && goDuration(checkSeconds('rotationInterval', rotationInterval, 1)),
        },
      }, props.configurationValues),
    });
  }
}
