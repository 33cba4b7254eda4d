import { CustomResource, Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ConflictPolicy } from './attached-chart';
import { Bootstrap, BootstrapStage } from './bootstrap';
import { Content } from './content';
import { Delivery } from './delivery';
import { identities } from './identities';
import { removal } from './removal';
import { checkTimeout } from './timeout';
import { ServiceAccountRole } from '../identity/service-account-role';
import { isSameCluster } from '../private/installed';
import { checkDnsLabel, checkNamespace } from '../private/kubernetes-names';

/**
 * A value of a Helm chart that is read from Secrets Manager when the release is installed or upgraded. It stands neither in the template nor
 * in any event or log; in the cluster it stands where the chart puts it, and in the release's own Secrets.
 */
export class HelmSecretValue {
  /**
   * A secret in Secrets Manager. A change of it reaches the cluster at the next upgrade, which a new `revision` brings about.
   *
   * @param secret the secret
   * @param field a field of the JSON object that the secret holds; by default the whole text
   */
  public static fromSecretsManager(secret: secretsmanager.ISecret, field?: string): HelmSecretValue {
    return new HelmSecretValue(secret, field);
  }

  private constructor(private readonly secret: secretsmanager.ISecret, private readonly field?: string) {}

  /** What the delivery function is told, which may read the secret from then on. @internal */
  public _bind(reader: iam.IGrantable): { readonly Secret: string; readonly Field?: string } {
    this.secret.grantRead(reader);
    return { Secret: this.secret.secretArn, Field: this.field };
  }
}

/**
 * Properties of a HelmRelease.
 */
export interface HelmReleaseProps {
  /**
   * The cluster. It may be in another stack, or imported. It needs a `kubectlLayer`, which holds helm.
   */
  readonly cluster: eks.ICluster;

  /**
   * The chart: its name in `repository`, or a whole `oci://` reference. Private ECR repositories work as well. Exactly one of `chart` and `chartAsset`.
   *
   * @default - `chartAsset` is installed
   */
  readonly chart?: string;

  /**
   * Address of the chart repository, `https://` or `oci://`.
   *
   * @default - `chart` is a whole `oci://` reference
   */
  readonly repository?: string;

  /**
   * The chart's version. A chart from a repository must have one: without, every deployment might install another.
   *
   * @default - that of `chartAsset`
   */
  readonly version?: string;

  /**
   * A chart of your own: a packaged chart (.tgz) or the folder of one, as an asset.
   *
   * @default - `chart` is installed
   */
  readonly chartAsset?: Asset;

  /**
   * Name of the release.
   *
   * @default - made from the construct's path
   */
  readonly release?: string;

  /**
   * Namespace of the release.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * Whether the namespace is made if it does not exist. One that was made goes with the release, if nothing is left in it.
   *
   * @default true
   */
  readonly createNamespace?: boolean;

  /**
   * The chart's values. Do not put secrets in them, they stand in the template: `secretValues` are for them.
   *
   * @default - the chart's own
   */
  readonly values?: { [key: string]: any };

  /**
   * Values that are secret, by their path among the values: `auth.password` (a dot in a key is written `\\.`). They win over `values`.
   *
   * @default - none
   */
  readonly secretValues?: { [path: string]: HelmSecretValue };

  /**
   * Whether the custom resource definitions in the chart's `crds/` folder are left out. Otherwise they are applied before every install
   * and upgrade, which helm itself does at the first install only.
   *
   * @default false
   */
  readonly skipCrds?: boolean;

  /**
   * Whether the deployment waits until what the chart installs is ready.
   *
   * @default true
   */
  readonly wait?: boolean;

  /**
   * How long an install, upgrade or uninstall may take. At most 14 minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;

  /**
   * Roles of the service accounts that pods of this chart run with. It waits for them, and pods that started without the credentials of their
   * Pod Identity association, which reaches the cluster a little late, are replaced once.
   *
   * @default - none
   */
  readonly serviceAccountRoles?: ServiceAccountRole[];

  /**
   * How many revisions of the release are kept in the cluster, to go back to. At least 2.
   *
   * @default 10
   */
  readonly maxHistory?: number;

  /**
   * What happens to the release when this construct is removed: `DESTROY` uninstalls it, `RETAIN` leaves it.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * What to do with a release of this name that exists in the namespace already and was not installed by this construct.
   *
   * @default ConflictPolicy.REFUSE
   */
  readonly conflict?: ConflictPolicy;

  /**
   * Any text. A change of it upgrades the release although nothing else changed, which puts back what somebody changed in the cluster.
   *
   * @default - upgraded when a property changes
   */
  readonly revision?: string;

  /**
   * The floor that must stand before the release is installed.
   *
   * @default BootstrapStage.SYSTEM
   */
  readonly after?: BootstrapStage;
}

/**
 * A Helm chart, installed in a cluster.
 */
export class HelmRelease extends Construct {
  /** Name of the release. */
  public readonly release: string;

  /** Namespace of the release. */
  public readonly namespace: string;

  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    this.cluster = props.cluster;
    checkSource(props);
    this.release = checkDnsLabel('release', props.release ?? Names.uniqueResourceName(this, { maxLength: 53, separator: '-' }).toLowerCase(), 53);
    this.namespace = checkNamespace('namespace', props.namespace ?? 'default');

    const delivery = Delivery.of(props.cluster);
    delivery.requireHelm(this);
    new CustomResource(this, 'Resource', {
      serviceToken: delivery.serviceToken,
      resourceType: 'Custom::EKSSlipway-HelmRelease',
      properties: {
        ClusterName: props.cluster.clusterName,
        Chart: props.chart,
        Repository: props.repository,
        Version: props.version,
        ChartAsset: props.chartAsset && { Bucket: props.chartAsset.s3BucketName, Key: props.chartAsset.s3ObjectKey },
        Release: this.release,
        Namespace: this.namespace,
        CreateNamespace: props.createNamespace === false ? 'false' : undefined,
        Content: props.values && new Content(this, 'Content', { delivery, produce: () => props.values }).rendered,
        SecretValues: this.secretValues(delivery, props.secretValues),
        SkipCrds: props.skipCrds ? 'true' : undefined,
        Wait: props.wait === false ? 'false' : undefined,
        Timeout: checkTimeout(props.timeout),
        MaxHistory: checkMaxHistory(props.maxHistory),
        Conflict: props.conflict,
        Removal: removal(props.removalPolicy),
        Identities: identities(this, props.serviceAccountRoles),
        Revision: props.revision,
      },
    });
    if (isPrivateEcr(props.repository ?? props.chart)) {
      delivery.allowEcrCharts();
    }
    if (props.chartAsset) {
      props.chartAsset.grantRead(delivery);
      this.node.addDependency(delivery.role!);
    }
    Bootstrap.of(props.cluster).require(props.after ?? BootstrapStage.SYSTEM, this);
    this.node.addValidation({ validate: () => this.nameErrors() });
  }

  /** Two releases of one name and namespace are one release, which each of the two would install, and remove. */
  private nameErrors(): string[] {
    if (Token.isUnresolved(this.release) || Token.isUnresolved(this.namespace)) {
      return [];
    }
    const alike = this.node.root.node.findAll().filter((other): other is HelmRelease => other instanceof HelmRelease
      && isSameCluster(other.cluster, this.cluster) && other.release === this.release && other.namespace === this.namespace);
    return alike[0] === this ? [] : [
      `"release" is "${this.release}" in namespace "${this.namespace}", as that of ${alike[0].node.path} in the same cluster: give another name or namespace`,
    ];
  }

  private secretValues(delivery: Delivery, values?: { [path: string]: HelmSecretValue }) {
    const paths = Object.keys(values ?? {}).sort();
    if (paths.length === 0) {
      return undefined;
    }
    // The function must be allowed to read them before it is asked to.
    this.node.addDependency(delivery.role!);
    return Object.fromEntries(paths.map(path => [checkPath(path), values![path]._bind(delivery)]));
  }
}

function checkPath(path: string): string {
  if (!Token.isUnresolved(path) && (path === '' || /(^|[^\\])\.(\.|$)|^\.|\[\d*\]/.test(path))) {
    throw new Error(`"secretValues" has the path "${path}": give keys with single dots between them, such as "auth.password"; a list has no place for one`);
  }
  return path;
}

function checkMaxHistory(revisions?: number): number | undefined {
  if (revisions !== undefined && !Token.isUnresolved(revisions) && (!Number.isInteger(revisions) || revisions < 2)) {
    throw new Error(`"maxHistory" is ${revisions}: give at least 2, the revision that runs and the one to go back to`);
  }
  return revisions;
}

/** An address that only the deployment knows may be one, too: `repository.repositoryUri` is a token. */
function checkVersion(version?: string) {
  if (version !== undefined && !Token.isUnresolved(version) && !/^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new Error(`"version" is "${version}", which may be another one tomorrow: give a whole version, such as "1.2.3"`);
  }
}

function isPrivateEcr(address?: string): boolean {
  return address !== undefined && (Token.isUnresolved(address) || /^oci:\/\/\d{12}\.dkr\.ecr\./.test(address));
}

function checkSource({ chart, chartAsset, repository, version }: HelmReleaseProps) {
  if ((chart === undefined) === (chartAsset === undefined)) {
    throw new Error(`"chart" and "chartAsset" are ${chart === undefined ? 'both missing' : 'both given'}: give exactly one of them`);
  }
  if (chartAsset) {
    const other = Object.entries({ repository, version }).find(([, value]) => value !== undefined);
    if (other) {
      throw new Error(`"${other[0]}" is "${other[1]}" together with "chartAsset", which holds the whole chart: leave it out`);
    }
    return;
  }
  checkVersion(version);
  if (Token.isUnresolved(chart) || Token.isUnresolved(repository)) {
    return;
  }
  if (chart === '') {
    throw new Error('"chart" is "": give the name of a chart, or a whole oci:// reference');
  }
  if (repository && chart!.startsWith('oci://')) {
    throw new Error(`"repository" is "${repository}" but "chart" is "${chart}", a whole reference: leave "repository" out`);
  }
  if (!repository && !chart!.startsWith('oci://')) {
    throw new Error(`"repository" is missing for chart "${chart}": give its https:// or oci:// address, or a whole oci:// reference as "chart"`);
  }
  if (repository && !/^(https?|oci):\/\//.test(repository)) {
    throw new Error(`"repository" is "${repository}": give an address that begins with https:// or oci://`);
  }
  if (version === undefined) {
    throw new Error(`"version" is missing for chart "${chart}": pin one, or every deployment might install another`);
  }
}
