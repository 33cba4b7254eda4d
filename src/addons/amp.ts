import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ampRuleGroups } from './amp-rule-groups';
import { AmpRuleGroup } from './amp-rules';
import { ampScrapeConfiguration } from './amp-scrape-configuration';
import { inlinePolicies } from './inline-policies';
import { PrometheusWorkspace } from './prometheus-workspace';
import { Bootstrap, BootstrapStage } from '../delivery/bootstrap';
import { ServiceAccountRole } from '../identity/service-account-role';
import { checkInteger } from '../private/check-number';
import { checkText } from '../private/check-text';
import { clusterResource } from '../private/cluster-facts';

/**
 * Options of Amp.
 */
export interface AmpOptions {
  /**
   * A workspace that exists already. Not together with what shapes a new one: `retention`, `encryptionKey`,
   * `alertManagerDefinition`, `removalPolicy`.
   *
   * @default - a new one
   */
  readonly workspace?: PrometheusWorkspace;

  /**
   * Alias of workspace and scraper. It need not be unique.
   *
   * @default - the cluster's name
   */
  readonly alias?: string;

  /**
   * How long metrics are kept, in whole days, at most 1095.
   *
   * @default Duration.days(150)
   */
  readonly retention?: Duration;

  /**
   * Key that encrypts the workspace.
   *
   * @default - a key of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The alert manager's definition, in YAML: where alerts go.
   *
   * @default - alerts go nowhere
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-config.html
   */
  readonly alertManagerDefinition?: string;

  /**
   * What happens to the workspace and its metrics when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether a scraper that AWS runs collects the cluster's metrics. Otherwise something in the cluster sends them: see `addRemoteWriteRole`.
   *
   * @default true
   */
  readonly scraper?: boolean;

  /**
   * What the scraper collects: a Prometheus configuration, merged deeply over the default one (a list replaces a list).
   *
   * @default - nodes, containers, the API server, and pods with the annotation `prometheus.io/scrape: "true"`, every 60 seconds
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-collector-how-to.html#AMP-collector-configuration
   */
  readonly scrapeConfiguration?: { [key: string]: any };

  /**
   * Subnets of the scraper's network interfaces, in at least two zones.
   *
   * @default - the private subnets, one a zone
   */
  readonly scraperSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the scraper's network interfaces. They must reach the API server and the pods.
   *
   * @default - the cluster's security group
   */
  readonly scraperSecurityGroups?: ec2.ISecurityGroup[];
}

/**
 * Properties of Amp.
 */
export interface AmpProps extends AmpOptions {
  /**
   * The cluster. It may be in another stack, or imported (with its VPC, for the scraper).
   */
  readonly cluster: eks.ICluster;
}

/**
 * Which pods send metrics.
 */
export interface AmpRemoteWriteRoleOptions {
  /**
   * Namespace of the service account.
   */
  readonly namespace: string;

  /**
   * Name of the service account.
   */
  readonly serviceAccount: string;

  /**
   * How the pods get the role.
   *
   * @default eks.IdentityType.POD_IDENTITY
   */
  readonly identityType?: eks.IdentityType;
}

/**
 * Amazon Managed Service for Prometheus: a workspace for the cluster's metrics, and a scraper outside of the cluster that collects them.
 *
 * Nothing runs in the cluster. The scraper's access to it, an access entry with AmazonPrometheusScraperPolicy, is made by AWS
 * with the scraper, and EKS lets nobody else make it; a cluster with the authentication mode CONFIG_MAP has no such thing.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes.
 * - **Windows**: yes, pods there are scraped too.
 * - **arm64**: yes.
 * - **Needs**: private access to the cluster's endpoint, and subnets in two zones.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-collector-how-to.html
 *
 * @example
 * const metrics = new addons.Amp(stack, 'Metrics', { cluster, retention: cdk.Duration.days(400) });
 * metrics.addRuleGroups('Alerts', [{
 *   name: 'nodes',
 *   rules: [{ alert: 'TargetDown', expr: 'up == 0', forDuration: cdk.Duration.minutes(10), labels: { severity: 'page' } }],
 * }]);
 */
export class Amp extends Construct {
  /** The workspace. */
  public readonly workspace: PrometheusWorkspace;

  /** ARN of the scraper. Undefined when `scraper` is off. */
  public readonly scraperArn?: string;

  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: AmpProps) {
    super(scope, id);
    this.cluster = props.cluster;
    refuseContradictions(props);
    this.workspace = props.workspace ?? newWorkspace(this, props);

    checkAlias(props);
    if (props.scraper !== false) {
      this.scraperArn = this.newScraper(props).attrArn;
    }
  }

  /**
   * Adds recording and alerting rules, a namespace of rule groups.
   *
   * @param id the construct id, which is the namespace's name too
   * @param groups the groups; at least one
   */
  public addRuleGroups(id: string, groups: AmpRuleGroup[]): void {
    new aps.CfnRuleGroupsNamespace(this, id, {
      name: checkText('id', id, ALIAS, 'at most 128 letters, digits, "-", "." and "_", beginning with a letter or digit'),
      workspace: this.workspace.workspaceArn,
      data: Stack.of(this).toJsonString({ groups: ampRuleGroups(groups) }), // JSON is YAML
    });
  }

  /**
   * Adds a role with which pods may send metrics to the workspace, and do nothing else. Give it to the release of what sends them.
   */
  public addRemoteWriteRole(id: string, options: AmpRemoteWriteRoleOptions): ServiceAccountRole {
    const role = new ServiceAccountRole(this, id, { ...options, cluster: this.cluster });
    inlinePolicies(role.role, { RemoteWrite: [new iam.PolicyStatement({ actions: ['aps:RemoteWrite'], resources: [this.workspace.workspaceArn] })] });
    return role;
  }

  private newScraper({ cluster, ...props }: AmpProps): aps.CfnScraper {
    const subnets = cluster.vpc.selectSubnets(props.scraperSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, onePerAz: true });
    if (subnets.subnetIds.length < 2) {
      throw new Error(`"scraperSubnets" selects ${subnets.subnetIds.length} of the subnets of ${cluster.vpc.node.path}: give two in different zones`);
    }
    const scraper = new aps.CfnScraper(this, 'Scraper', {
      alias: props.alias ?? cluster.clusterName,
      destination: { ampConfiguration: { workspaceArn: this.workspace.workspaceArn } },
      source: {
        eksConfiguration: {
          clusterArn: cluster.clusterArn,
          subnetIds: subnets.subnetIds,
          securityGroupIds: props.scraperSecurityGroups?.map(group => group.securityGroupId),
        },
      },
      scrapeConfiguration: {
        configurationBlob: Fn.base64(Stack.of(this).toJsonString(ampScrapeConfiguration(cluster.clusterName, props.scrapeConfiguration))),
      },
    });
    // It needs no nodes: there is something to collect as soon as there is an API server.
    Bootstrap.of(cluster).require(BootstrapStage.CONTROL_PLANE, scraper);
    return scraper;
  }
}

/** @see https://docs.aws.amazon.com/prometheus/latest/APIReference/API_CreateScraper.html */
const ALIAS = /^[0-9A-Za-z][-.\w]{0,127}$/;

function checkAlias({ alias, scraper }: AmpProps) {
  checkText('alias', alias, text => text.length > 0 && text.length <= 100 && (scraper === false || ALIAS.test(text)),
    'at most 100 letters, digits, "-", "." and "_", beginning with a letter or digit');
}

function newWorkspace(scope: Construct, props: AmpProps): PrometheusWorkspace {
  const workspace = new aps.CfnWorkspace(scope, 'Workspace', {
    alias: props.alias ?? props.cluster.clusterName,
    kmsKeyArn: props.encryptionKey?.keyArn,
    alertManagerDefinition: props.alertManagerDefinition,
    workspaceConfiguration: props.retention && { retentionPeriodInDays: checkInteger('retention', props.retention.toDays({ integral: false }), 1, 1095) },
  });
  workspace.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return PrometheusWorkspace.fromWorkspaceAttributes({ workspaceArn: workspace.attrArn, prometheusEndpoint: workspace.attrPrometheusEndpoint });
}

function refuseContradictions(props: AmpProps) {
  const given = (names: (keyof AmpOptions)[]) => names.find(name => props[name] !== undefined);
  const ofNew = given(['retention', 'encryptionKey', 'alertManagerDefinition', 'removalPolicy']);
  if (props.workspace && ofNew) {
    throw new Error(`"${ofNew}" is given together with "workspace", which exists already: leave one of them out`);
  }
  const ofScraper = given(['scrapeConfiguration', 'scraperSubnets', 'scraperSecurityGroups']);
  if (props.scraper === false && ofScraper) {
    throw new Error(`"${ofScraper}" is given but "scraper" is false: leave it out, or let the scraper be made`);
  }
  const access = (clusterResource(props.cluster) as any)?.resourcesVpcConfig?.endpointPrivateAccess;
  if (props.scraper !== false && access === false) {
    throw new Error(`"scraper" needs private access to the endpoint of ${props.cluster.node.path}, which is public only: turn private access on, `
      + 'or give "scraper: false" and send metrics from the cluster');
  }
}
