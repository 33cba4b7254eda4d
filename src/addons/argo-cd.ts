import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { onePerCluster } from './conflicts';
import { HelmAddonOptions } from './helm-addon-options';
import { ARGO_CD as PINNED } from '../catalogue/charts';
import { ArgoApplication, ArgoApplicationOptions } from '../charts/argo-application';
import { AttachedChart } from '../delivery/attached-chart';
import { HelmRelease } from '../delivery/helm-release';
import { checkDnsSubdomain } from '../private/kubernetes-names';

/**
 * Options of ArgoCd.
 */
export interface ArgoCdOptions extends HelmAddonOptions {
  /**
   * Name by which its server is reached, such as 'argocd.example.com'. An Ingress or a route to it is yours to make.
   *
   * @default - it is reached by a port forward alone
   */
  readonly domain?: string;

  /**
   * Whether the server speaks HTTP, because a load balancer before it ends TLS.
   *
   * @default false
   */
  readonly insecureServer?: boolean;

  /**
   * Whether there is a user `admin`, whose first password stands in the Secret `argocd-initial-admin-secret`. Turn it off once people get in
   * by single sign-on.
   *
   * @default true
   */
  readonly adminUser?: boolean;
}

/**
 * Properties of ArgoCd.
 */
export interface ArgoCdProps extends ArgoCdOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * Argo CD: keeps the cluster as a Git repository says. A Helm chart; `Capability.argoCd` is the same, run by AWS.
 *
 * To reach other clusters, give its service accounts `argocd-application-controller`, `argocd-server` and `argocd-applicationset-controller` in
 * namespace `argocd` roles by ServiceAccountRole. Its definitions stay when it is removed, and with them its applications. A teardown
 * of the platform pauses them first.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes.
 * - **Windows**: no, it runs on Linux.
 * - **arm64**: yes.
 *
 * @see https://argo-cd.readthedocs.io/
 *
 * @example
 * const argoCd = new addons.ArgoCd(stack, 'ArgoCd', { cluster, domain: 'argocd.example.com', insecureServer: true });
 * argoCd.addApplication('Platform', { repoUrl: 'https://git.example.com/platform.git', path: 'apps', prune: true });
 */
export class ArgoCd extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: ArgoCdProps) {
    super(scope, id);
    const { cluster } = props;
    const requests = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });
    const twice = { replicas: 2, pdb: { enabled: true, maxUnavailable: 1 } };

    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      values: {
        fullnameOverride: 'argocd', // the names that its documentation has
        global: { domain: checkDnsSubdomain('domain', props.domain) },
        configs: {
          params: { 'server.insecure': props.insecureServer ?? false },
          cm: { 'admin.enabled': props.adminUser ?? true },
        },
        controller: requests('250m', '512Mi'), // a second one would take a share of the clusters, not stand in
        redis: requests('50m', '64Mi'),
        server: { ...twice, ...requests('50m', '128Mi') },
        repoServer: { ...twice, ...requests('100m', '256Mi') },
        applicationSet: { ...twice, ...requests('50m', '128Mi') },
      },
    });
    onePerCluster(this, cluster, 'ArgoCd');
    this.cluster = cluster;
  }

  /**
   * Adds an application. One without a `name` is called after its id.
   *
   * @param id the construct id
   */
  public addApplication(id: string, options: ArgoApplicationOptions): AttachedChart {
    const chart = new cdk8s.Chart(new cdk8s.App(), 'argo-cd');
    new ArgoApplication(chart, 'application', { ...options, name: options.name ?? kebabCase(id) });
    const attached = new AttachedChart(this, id, { cluster: this.cluster, chart });
    attached.node.addDependency(this.release);
    return attached;
  }
}

/** TeamApps becomes team-apps. */
function kebabCase(id: string): string {
  return id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^A-Za-z0-9.]+/g, '-').toLowerCase();
}
