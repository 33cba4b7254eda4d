import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { addonRole } from './addon-role';
import { AddonRoleOptions } from './addon-role-options';
import { zoneName } from './hosted-zones';
import { ManagedAddon } from '../delivery/managed-addon';
import { checkText } from '../private/check-text';
import { mergeValues } from '../private/merge-values';

/** What ExternalDNS may do with records. In any case it changes only those that it has made. */
export enum ExternalDnsPolicy {
  /** Make and change them, and delete them with what they stand for. */
  SYNC = 'sync',
  /** Make and change them. Records of what is gone stay, and point at names that others may get. */
  UPSERT_ONLY = 'upsert-only',
  /** Make them. */
  CREATE_ONLY = 'create-only',
}

/**
 * Options of ExternalDns.
 */
export interface ExternalDnsOptions extends AddonRoleOptions {
  /**
   * The hosted zones whose records it may change, at least one.
   */
  readonly hostedZones: route53.IHostedZone[];

  /**
   * Domains that it looks after; names in others are left alone.
   *
   * @default - the names of `hostedZones`; they must be known, a zone that was imported by its id has none
   */
  readonly domainFilters?: string[];

  /**
   * What it may do with records.
   *
   * @default ExternalDnsPolicy.UPSERT_ONLY
   */
  readonly policy?: ExternalDnsPolicy;

  /**
   * What it finds names in: `service`, `ingress`, `gateway-httproute`, `crd` and others.
   *
   * @default ['service', 'ingress']
   * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/
   */
  readonly sources?: string[];

  /**
   * Whose records they are, as TXT records beside them say. Two clusters that share a zone must differ in it; with another one, records that
   * exist are not its own any more.
   *
   * @default - the cluster's name
   */
  readonly txtOwnerId?: string;
}

/**
 * Properties of ExternalDns.
 */
export interface ExternalDnsProps extends ExternalDnsOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * ExternalDNS: records in Route 53 for Services, Ingresses and routes. The EKS community add-on external-dns, with a role that may change
 * records of the given hosted zones only.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, with IRSA.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/community-addons.html
 *
 * @example
 * import * as route53 from 'aws-cdk-lib/aws-route53';
 *
 * declare const zone: route53.PublicHostedZone;
 * new addons.ExternalDns(stack, 'Names', { cluster, hostedZones: [zone], policy: addons.ExternalDnsPolicy.SYNC });
 */
export class ExternalDns extends Construct {
  /** The add-on. */
  public readonly addon: ManagedAddon;

  /** Role of the controller. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: ExternalDnsProps) {
    super(scope, id);
    const { cluster, hostedZones } = props;
    if (hostedZones.length === 0) {
      throw new Error('"hostedZones" is empty: give at least one, ExternalDNS may change records in them only');
    }

    for (const prop of ['domainFilters', 'sources'] as const) {
      if (props[prop]?.length === 0 || props[prop]?.includes('')) {
        throw new Error(`"${prop}" is [${props[prop]!.map(one => `"${one}"`)}]: give at least one, none of them empty, or leave it out`);
      }
    }
    checkText('txtOwnerId', props.txtOwnerId, /\S/, 'text by which ExternalDNS knows its records, or leave it out');

    const { role, ...identity } = addonRole(this, 'Role', {
      cluster,
      options: props,
      what: 'ExternalDNS',
      namespace: 'external-dns',
      serviceAccount: 'external-dns',
      policies: { Records: statements(hostedZones) },
    });
    this.role = role;
    this.addon = new ManagedAddon(this, 'Addon', {
      ...props,
      ...identity,
      addonName: 'external-dns',
      configurationValues: mergeValues({
        domainFilters: props.domainFilters ?? names(hostedZones),
        policy: props.policy ?? ExternalDnsPolicy.UPSERT_ONLY,
        sources: props.sources ?? ['service', 'ingress'],
        registry: 'txt',
        txtOwnerId: props.txtOwnerId ?? cluster.clusterName,
      }, props.configurationValues),
    });
  }
}

function names(zones: route53.IHostedZone[]): string[] {
  return [...new Set(zones.map(zone => {
    const name = zoneName(zone);
    if (name === undefined) {
      throw new Error(`"domainFilters" is missing, and hosted zone ${zone.node.path} was imported without its name: give "domainFilters", `
        + 'or import the zone by HostedZone.fromHostedZoneAttributes');
    }
    return name;
  }))];
}

/** @see https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/#iam-policy */
function statements(zones: route53.IHostedZone[]): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'],
      resources: zones.map(zone => zone.hostedZoneArn),
    }),
    new iam.PolicyStatement({ actions: ['route53:ListHostedZones'], resources: ['*'] }),
  ];
}
