import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { HelmAddonOptions } from './helm-addon-options';
import { zoneName } from './hosted-zones';
import { CERT_MANAGER as PINNED } from '../catalogue/charts';
import { ClusterIssuer } from '../charts/cluster-issuer';
import { IssuerConfig } from '../charts/issuer-config';
import { AttachedChart } from '../delivery/attached-chart';
import { BootstrapStage } from '../delivery/bootstrap';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';

/**
 * Options of CertManager.
 */
export interface CertManagerOptions extends HelmAddonOptions {}

/**
 * Properties of CertManager.
 */
export interface CertManagerProps extends CertManagerOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * An ACME issuer of CertManager.
 */
export interface CertManagerAcmeIssuerOptions {
  /**
   * Public hosted zones for whose names there can be certificates, at least one. cert-manager may then write TXT records in them.
   */
  readonly hostedZones: route53.IHostedZone[];

  /**
   * Address of the certificate authority.
   *
   * @default charts.AcmeServer.LETS_ENCRYPT
   */
  readonly server?: string;

  /**
   * Address that the certificate authority writes to.
   *
   * @default - none
   */
  readonly email?: string;

  /**
   * Name of the issuer in the cluster.
   *
   * @default - the construct id in lower case
   */
  readonly name?: string;
}

/**
 * cert-manager: certificates for Ingresses, Gateways, webhooks and whatever else has a Secret for them. A Helm chart with its definitions,
 * which stay in the cluster when the release goes, and with them the certificates.
 *
 * The EKS community add-on of the same name is not used: it takes no role, which issuers with Route 53 need.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, with IRSA and `webhook.securePort` 10260 among `values`: the kubelet has 10250.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://cert-manager.io/docs/
 *
 * @example
 * import * as route53 from 'aws-cdk-lib/aws-route53';
 *
 * declare const zone: route53.PublicHostedZone;
 * const certManager = new addons.CertManager(stack, 'Certificates', { cluster });
 * certManager.addAcmeIssuer('LetsEncrypt', { hostedZones: [zone], email: 'platform@example.com' });
 * certManager.addIssuer('SelfSigned', charts.IssuerConfig.selfSigned());
 */
export class CertManager extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of the controller. It may do nothing before an issuer needs it. */
  public readonly serviceAccountRole: ServiceAccountRole;

  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: CertManagerProps) {
    super(scope, id);
    const { cluster } = props;
    this.cluster = cluster;

    this.serviceAccountRole = chartRole(this, PINNED, 'cert-manager', props);
    const podDisruptionBudget = { enabled: true, minAvailable: 1 };
    const resources = { requests: { cpu: '10m', memory: '64Mi' } };
    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        crds: { enabled: true, keep: true },
        global: { priorityClassName: 'system-cluster-critical', leaderElection: { namespace: PINNED.namespace } },
        serviceAccount: { create: true, name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations },
        replicaCount: 2,
        podDisruptionBudget,
        resources,
        // While it is away, nothing of cert-manager can be made or changed.
        webhook: { replicaCount: 3, podDisruptionBudget, resources },
        cainjector: { replicaCount: 2, podDisruptionBudget, resources },
      },
    });
  }

  /**
   * Adds an issuer for all namespaces.
   *
   * @param id the construct id, in lower case the name of the issuer unless one is given
   */
  public addIssuer(id: string, config: IssuerConfig, name?: string): AttachedChart {
    const chart = new cdk8s.Chart(new cdk8s.App(), 'issuer');
    new ClusterIssuer(chart, 'issuer', { name: name ?? id.toLowerCase(), config });
    const issuer = new AttachedChart(this, id, { cluster: this.cluster, chart, after: BootstrapStage.CONTROL_PLANE });
    issuer.node.addDependency(this.release);
    return issuer;
  }

  /**
   * Adds an issuer for all namespaces whose certificates are those of an ACME certificate authority, by default Let's Encrypt. It proves in
   * Route 53 that names are yours.
   *
   * @param id the construct id
   */
  public addAcmeIssuer(id: string, options: CertManagerAcmeIssuerOptions): AttachedChart {
    const { hostedZones, name, ...acme } = options;
    if (hostedZones.length === 0) {
      throw new Error(`"hostedZones" of issuer "${id}" is empty: give at least one`);
    }
    const zones = hostedZones.map(zone => ({ hostedZoneId: zone.hostedZoneId, zoneName: zoneName(zone) }));
    const issuer = this.addIssuer(id, IssuerConfig.acmeRoute53({ ...acme, zones }), name);
    for (const statement of statements(Stack.of(this), hostedZones)) {
      this.serviceAccountRole.grantPrincipal.addToPrincipalPolicy(statement);
    }
    return issuer;
  }
}

/**
 * What cert-manager asks for, but for the zones only, and without looking for them.
 *
 * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/#set-up-an-iam-policy
 */
function statements(stack: Stack, zones: route53.IHostedZone[]): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['route53:GetChange'],
      resources: [stack.formatArn({ service: 'route53', region: '', account: '', resource: 'change', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME })],
    }),
    new iam.PolicyStatement({
      actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'],
      resources: zones.map(zone => zone.hostedZoneArn),
      conditions: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] } },
    }),
  ];
}
