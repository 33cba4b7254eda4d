import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { AddonRoleOptions } from './addon-role-options';
import { CertManager } from './cert-manager';
import { AwsPcaClusterIssuer } from '../charts/aws-pca-cluster-issuer';
import { AttachedChart } from '../delivery/attached-chart';
import { BootstrapStage } from '../delivery/bootstrap';
import { ManagedAddon } from '../delivery/managed-addon';

/**
 * Options of AwsPrivateCaIssuer.
 */
export interface AwsPrivateCaIssuerOptions extends AddonRoleOptions {
  /**
   * Private certificate authorities that may sign, at least one.
   */
  readonly certificateAuthorities: acmpca.ICertificateAuthority[];

  /**
   * cert-manager, which must be there first.
   *
   * @default - it is in the cluster already
   */
  readonly certManager?: CertManager;
}

/**
 * Properties of AwsPrivateCaIssuer.
 */
export interface AwsPrivateCaIssuerProps extends AwsPrivateCaIssuerOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * AWS Private CA for cert-manager: certificates of private certificate authorities. The EKS add-on aws-privateca-connector-for-kubernetes,
 * with a role that may use the given certificate authorities only.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 * - **Needs**: CertManager.
 *
 * @see https://docs.aws.amazon.com/privateca/latest/userguide/PcaKubernetes.html
 *
 * @example
 * import * as acmpca from 'aws-cdk-lib/aws-acmpca';
 *
 * declare const authority: acmpca.ICertificateAuthority;
 * const certManager = new addons.CertManager(stack, 'Certificates', { cluster });
 * const issuer = new addons.AwsPrivateCaIssuer(stack, 'PrivateCa', { cluster, certManager, certificateAuthorities: [authority] });
 * issuer.addClusterIssuer('Internal', authority);
 */
export class AwsPrivateCaIssuer extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of the controller. */
  public readonly role: iam.Role;

  private readonly cluster: eks.ICluster;
  private readonly authorities: acmpca.ICertificateAuthority[];

  constructor(scope: Construct, id: string, props: AwsPrivateCaIssuerProps) {
    super(scope, id);
    this.cluster = props.cluster;
    this.authorities = props.certificateAuthorities;
    if (this.authorities.length === 0) {
      throw new Error('"certificateAuthorities" is empty: give at least one, the add-on may use them only');
    }

    const { role, ...identity } = addonRole(this, 'Role', {
      cluster: props.cluster,
      options: props,
      what: 'AWS Private CA issuer',
      namespace: 'aws-privateca-issuer',
      serviceAccount: 'aws-privateca-issuer',
      policies: {
        Issuing: [new iam.PolicyStatement({
          actions: ['acm-pca:DescribeCertificateAuthority', 'acm-pca:GetCertificate', 'acm-pca:IssueCertificate'],
          resources: this.authorities.map(authority => authority.certificateAuthorityArn),
        })],
      },
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      ...identity,
      addonName: 'aws-privateca-connector-for-kubernetes',
      // A controller beside cert-manager: on the floor of the other managed add-ons, each would wait for the other.
      after: BootstrapStage.SYSTEM,
      stage: BootstrapStage.CONTROLLERS,
    });
    if (props.certManager) {
      this.addon.node.addDependency(props.certManager.release);
    }
  }

  /**
   * Adds an issuer for all namespaces.
   *
   * @param id the construct id, in lower case the name of the issuer
   * @param certificateAuthority one of `certificateAuthorities`
   * @param region region of the certificate authority, by default the cluster's
   */
  public addClusterIssuer(id: string, certificateAuthority: acmpca.ICertificateAuthority, region?: string): AttachedChart {
    if (!this.authorities.includes(certificateAuthority)) {
      throw new Error(`"certificateAuthority" of issuer "${id}" is ${certificateAuthority.node.path}, which is not among "certificateAuthorities": `
        + 'add it to them, the add-on may use them only');
    }
    const chart = new cdk8s.Chart(new cdk8s.App(), 'issuer');
    new AwsPcaClusterIssuer(chart, 'issuer', { name: id.toLowerCase(), certificateAuthorityArn: certificateAuthority.certificateAuthorityArn, region });
    const issuer = new AttachedChart(this, id, { cluster: this.cluster, chart, after: BootstrapStage.CONTROL_PLANE });
    issuer.node.addDependency(this.addon);
    return issuer;
  }
}
