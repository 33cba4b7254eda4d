import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { HelmAddonOptions } from './helm-addon-options';
import { FLUX as PINNED } from '../catalogue/charts';
import { FluxGitSync, FluxGitSyncOptions } from '../charts/flux-git-sync';
import { AttachedChart } from '../delivery/attached-chart';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';

/**
 * Options of Flux.
 */
export interface FluxOptions extends HelmAddonOptions {
  /**
   * Whether objects of Flux reach only what is in their own namespace, and act with a service account of it. For clusters that teams share.
   *
   * @default false
   */
  readonly multiTenancy?: boolean;

  /**
   * Whether it writes new tags of images into repositories: the two controllers of image automation.
   *
   * @default false
   */
  readonly imageAutomation?: boolean;
}

/**
 * Properties of Flux.
 */
export interface FluxProps extends FluxOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Flux: keeps the cluster as Git and OCI repositories and buckets say. The community's Helm chart; its controllers run once each.
 *
 * Sources with `provider: aws` have what is granted to this construct: `repository.grantPull(flux)`, `bucket.grantRead(flux)`. By itself it may
 * do nothing in AWS. A teardown of the platform suspends it first.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, with IRSA where sources are in AWS.
 * - **Windows**: no, it runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://fluxcd.io/flux/
 *
 * @example
 * const flux = new addons.Flux(stack, 'Flux', { cluster });
 * flux.addGitSync('Platform', { url: 'https://git.example.com/platform.git', path: './apps', prune: true });
 * bucket.grantRead(flux); // for a Bucket with "provider: aws"
 */
export class Flux extends Construct implements iam.IGrantable {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of the source controller. */
  public readonly serviceAccountRole: ServiceAccountRole;

  /** What grants apply to: the source controller's role. */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: FluxProps) {
    super(scope, id);
    const { cluster } = props;
    this.serviceAccountRole = chartRole(this, PINNED, 'Flux source controller', props);
    this.grantPrincipal = this.serviceAccountRole.grantPrincipal;
    const automation = { create: props.imageAutomation ?? false };

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        multitenancy: { enabled: props.multiTenancy ?? false },
        sourceController: { serviceAccount: { annotations: this.serviceAccountRole.annotations } },
        imageAutomationController: automation,
        imageReflectionController: automation,
      },
    });
    this.cluster = cluster;
  }

  /**
   * Adds a folder of a Git repository that is to be delivered.
   *
   * @param id the construct id
   */
  public addGitSync(id: string, options: FluxGitSyncOptions): AttachedChart {
    const chart = new cdk8s.Chart(new cdk8s.App(), 'flux');
    new FluxGitSync(chart, 'sync', options);
    const attached = new AttachedChart(this, id, { cluster: this.cluster, chart });
    attached.node.addDependency(this.release);
    return attached;
  }
}
