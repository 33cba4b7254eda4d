import { checkRoleArn } from '../private/aws-names';
import { checkText } from '../private/check-text';
import { checkDnsSubdomain } from '../private/kubernetes-names';
import { sortKeys } from '../private/sort-keys';

/** Addresses of certificate authorities that speak ACME. */
export class AcmeServer {
  /** Let's Encrypt. It limits certificates by domain and week: try with its staging server first. */
  public static readonly LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';

  /** The staging server of Let's Encrypt, whose certificates nobody trusts. */
  public static readonly LETS_ENCRYPT_STAGING = 'https://acme-staging-v02.api.letsencrypt.org/directory';

  private constructor() {}
}

/** A hosted zone of Route 53 in which cert-manager proves that a name is yours. */
export interface AcmeRoute53Zone {
  /** The id of the hosted zone. It must be public. */
  readonly hostedZoneId: string;

  /**
   * The domain whose names it is for.
   *
   * @default - names that no other zone is for
   */
  readonly zoneName?: string;

  /**
   * ARN of a role, usually in the account of the zone, that cert-manager assumes.
   *
   * @default - the role of cert-manager itself
   */
  readonly roleArn?: string;
}

/** What an ACME issuer with Route 53 is given. */
export interface AcmeRoute53Options {
  /** The hosted zones, at least one. */
  readonly zones: AcmeRoute53Zone[];

  /**
   * The address of the certificate authority.
   *
   * @default AcmeServer.LETS_ENCRYPT
   */
  readonly server?: string;

  /**
   * The address that the certificate authority writes to.
   *
   * @default - none
   */
  readonly email?: string;

  /**
   * The Secret, in the namespace of cert-manager, that cert-manager puts the key of the account in.
   *
   * @default - the name of the issuer and `-account-key`
   */
  readonly accountKeySecretName?: string;

  /**
   * The profile of certificates that the certificate authority is asked for, such as `shortlived`.
   *
   * @default - the certificate authority's own
   */
  readonly profile?: string;
}

/**
 * How an issuer of cert-manager signs.
 *
 * @see https://cert-manager.io/docs/configuration/
 */
export class IssuerConfig {
  /**
   * Certificates of a certificate authority that speaks ACME, by default Let's Encrypt. That a name is yours is proved by a record in Route 53.
   */
  public static acmeRoute53(options: AcmeRoute53Options): IssuerConfig {
    const { zones, server = AcmeServer.LETS_ENCRYPT } = options;
    if (zones.length === 0) {
      throw new Error('"zones" is empty: give at least one hosted zone');
    }
    if (zones.filter(zone => zone.zoneName === undefined).length > 1) {
      throw new Error('"zones" has several without a "zoneName": give it, or nobody knows which of them a name belongs to');
    }
    for (const { hostedZoneId, roleArn } of zones) {
      checkText('zones.hostedZoneId', hostedZoneId, /^[A-Z0-9]{1,32}$/, 'the id of a hosted zone, such as "Z0123456789ABCDEFGHIJ"');
      checkRoleArn('zones.roleArn', roleArn);
    }
    checkText('email', options.email, /^[^\s@]+@[^\s@]+$/, 'one address');
    checkDnsSubdomain('accountKeySecretName', options.accountKeySecretName);
    checkText('server', server, /^https:\/\//, 'an address that begins with https://');
    return new IssuerConfig(issuerName => ({
      acme: {
        server,
        email: options.email,
        profile: options.profile,
        privateKeySecretRef: { name: options.accountKeySecretName ?? `${issuerName}-account-key` },
        solvers: zones.map(({ hostedZoneId, zoneName, roleArn }) => ({
          selector: zoneName === undefined ? undefined : { dnsZones: [zoneName] },
          dns01: { route53: { hostedZoneID: hostedZoneId, role: roleArn } },
        })),
      },
    }));
  }

  /** Each certificate signs itself: for the root of a certificate authority of one's own. */
  public static selfSigned(): IssuerConfig {
    return new IssuerConfig(() => ({ selfSigned: {} }));
  }

  /**
   * A certificate authority whose certificate and key are in a Secret, in the namespace of cert-manager.
   *
   * @param secretName the Secret, with `tls.crt` and `tls.key`
   */
  public static ca(secretName: string): IssuerConfig {
    checkDnsSubdomain('secretName', secretName);
    return new IssuerConfig(() => ({ ca: { secretName } }));
  }

  /**
   * Any other: `spec` of an issuer as it is.
   */
  public static of(spec: { [key: string]: any }): IssuerConfig {
    return new IssuerConfig(() => sortKeys(spec));
  }

  private constructor(private readonly spec: (issuerName: string) => any) {}

  /** `spec` of the issuer of this name. @internal */
  public _toSpec(issuerName: string): any {
    return this.spec(issuerName);
  }
}
