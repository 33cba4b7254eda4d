import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addons, Bootstrap, BootstrapStage, HelmRelease, ServiceAccountRole } from 'eks-slipway';

export interface VeleroProps extends addons.HelmAddonOptions {
  readonly cluster: eks.ICluster;
  readonly bucket: s3.IBucket;
}

/**
 * Velero: backups of what is in the cluster, in a bucket. A Helm chart.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: no, it runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://velero.io/docs/
 *
 * @example
 * new Velero(stack, 'Backups', { cluster, bucket });
 */
export class Velero extends Construct {
  constructor(scope: Construct, id: string, props: VeleroProps) {
    super(scope, id);
    const { cluster, bucket } = props;

    const role = new ServiceAccountRole(this, 'Identity', {
      cluster, namespace: 'velero', serviceAccount: 'velero-server', identityType: props.identityType,
    });
    bucket.grantReadWrite(role);

    const release = new HelmRelease(this, 'Release', {
      ...props, // timeout, removalPolicy
      chart: 'velero',
      repository: props.repository ?? 'https://vmware-tanzu.github.io/helm-charts',
      version: props.version ?? '12.1.0',
      release: 'velero',
      namespace: 'velero',
      serviceAccountRoles: [role],
      values: addons.HelmValues.merge({
        serviceAccount: { server: { create: true, name: 'velero-server', annotations: role.annotations } },
        credentials: { useSecret: false },
        snapshotsEnabled: false,
        initContainers: [{
          name: 'plugin', image: 'velero/velero-plugin-for-aws:v1.13.1', volumeMounts: [{ name: 'plugins', mountPath: '/target' }],
        }],
        configuration: {
          backupStorageLocation: [{ name: 'default', provider: 'aws', default: true, bucket: bucket.bucketName, config: { region: Stack.of(this).region } }],
        },
      }, props.values),
    });
    Bootstrap.of(cluster).add(BootstrapStage.CONTROLLERS, release);
  }
}
