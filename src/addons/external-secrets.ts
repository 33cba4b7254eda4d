import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { chartRelease } from './chart-release';
import { chartRole } from './chart-role';
import { HelmAddonOptions } from './helm-addon-options';
import { EXTERNAL_SECRETS as PINNED } from '../catalogue/charts';
import { AwsSecretService } from '../charts/aws-secret-store-options';
import { ClusterSecretStore } from '../charts/cluster-secret-store';
import { AttachedChart } from '../delivery/attached-chart';
import { BootstrapStage } from '../delivery/bootstrap';
import { HelmRelease } from '../delivery/helm-release';
import { ServiceAccountRole } from '../identity/service-account-role';

/**
 * Options of ExternalSecrets.
 */
export interface ExternalSecretsOptions extends HelmAddonOptions {
  /**
   * Secrets that External Secrets may read, with the keys that encrypt them.
   *
   * @default - none
   */
  readonly secrets?: secretsmanager.ISecret[];

  /**
   * Parameters that External Secrets may read.
   *
   * @default - none
   */
  readonly parameters?: ssm.IParameter[];

  /**
   * Beginnings of names of secrets that External Secrets may read, in the account and region of the cluster: `shop/`.
   *
   * @default - none
   */
  readonly secretPrefixes?: string[];

  /**
   * Beginnings of names of parameters that External Secrets may read, in the account and region of the cluster: `/shop/`.
   *
   * @default - none
   */
  readonly parameterPrefixes?: string[];
}

/**
 * Properties of ExternalSecrets.
 */
export interface ExternalSecretsProps extends ExternalSecretsOptions {
  /**
   * The cluster. It may be in another stack, or imported.
   */
  readonly cluster: eks.ICluster;
}

/**
 * A store of ExternalSecrets for all namespaces, or for some.
 */
export interface ExternalSecretsStoreOptions {
  /**
   * Name of the store in the cluster.
   *
   * @default - the construct id in lower case
   */
  readonly name?: string;

  /**
   * Service that it reads from.
   *
   * @default charts.AwsSecretService.SECRETS_MANAGER
   */
  readonly service?: AwsSecretService;

  /**
   * Region that it reads from.
   *
   * @default - the cluster's
   */
  readonly region?: string;

  /**
   * Role that is assumed for this store, so that who uses it reads what this role may read and no more. It must trust the role of
   * ExternalSecrets, for `sts:AssumeRole` and `sts:TagSession`.
   *
   * @default - the role of ExternalSecrets
   */
  readonly role?: iam.IRole;

  /**
   * Namespaces that may use it, besides those with `namespaceLabels`.
   *
   * @default - all, unless there are `namespaceLabels`
   */
  readonly namespaces?: string[];

  /**
   * Labels of namespaces that may use it, besides `namespaces`.
   *
   * @default - all, unless there are `namespaces`
   */
  readonly namespaceLabels?: { [key: string]: string };
}

/**
 * External Secrets: Kubernetes Secrets that follow secrets of Secrets Manager and parameters of Parameter Store. A Helm chart with its
 * definitions, which stay in the cluster when the release goes, and with them the Secrets.
 *
 * Its role may read what it is given here, and nothing by default. Whoever may make external secrets for a store reads all that the store can.
 *
 * - **Auto Mode**: yes.
 * - **Fargate**: yes, with IRSA and `webhook.port` 9443 among `values`: the kubelet has 10250.
 * - **Windows**: no, nodes are left out.
 * - **arm64**: yes.
 *
 * @see https://external-secrets.io/
 *
 * @example
 * const secrets = new addons.ExternalSecrets(stack, 'Secrets', { cluster, secretPrefixes: ['shop/'] });
 * secrets.addStore('Shop', { namespaces: ['shop'] });
 */
export class ExternalSecrets extends Construct {
  /** The release. */
  public readonly release: HelmRelease;

  /** Role of the controller. */
  public readonly serviceAccountRole: ServiceAccountRole;

  private readonly cluster: eks.ICluster;

  constructor(scope: Construct, id: string, props: ExternalSecretsProps) {
    super(scope, id);
    const { cluster } = props;
    this.cluster = cluster;

    this.serviceAccountRole = chartRole(this, PINNED, 'External Secrets', props);
    props.secrets?.forEach(secret => secret.grantRead(this.serviceAccountRole));
    props.parameters?.forEach(parameter => parameter.grantRead(this.serviceAccountRole));
    statements(Stack.of(this), props).forEach(statement => this.serviceAccountRole.grantPrincipal.addToPrincipalPolicy(statement));

    const podDisruptionBudget = { enabled: true, minAvailable: 1 };
    const resources = { requests: { cpu: '10m', memory: '64Mi' } };
    this.release = chartRelease(this, 'Release', PINNED, {
      cluster,
      options: props,
      serviceAccountRoles: [this.serviceAccountRole],
      values: {
        global: { nodeSelector: { 'kubernetes.io/os': 'linux' } },
        installCRDs: true,
        // Otherwise all external secrets, and the Secrets made of them, go with the release.
        crds: { annotations: { 'helm.sh/resource-policy': 'keep' } },
        serviceAccount: { create: true, name: PINNED.serviceAccount, annotations: this.serviceAccountRole.annotations },
        replicaCount: 2,
        leaderElect: true,
        podDisruptionBudget,
        resources,
        webhook: { replicaCount: 2, podDisruptionBudget, resources },
        certController: { resources },
      },
    });
  }

  /**
   * Adds a store, which external secrets name as their `secretStoreRef` of the kind `ClusterSecretStore`.
   *
   * @param id the construct id
   */
  public addStore(id: string, options: ExternalSecretsStoreOptions = {}): AttachedChart {
    const { role, ...others } = options;
    const chart = new cdk8s.Chart(new cdk8s.App(), 'store');
    new ClusterSecretStore(chart, 'store', {
      ...others,
      name: options.name ?? id.toLowerCase(),
      service: options.service ?? AwsSecretService.SECRETS_MANAGER,
      region: options.region ?? Stack.of(this.cluster).region,
      roleArn: role?.roleArn,
    });
    if (role) {
      this.serviceAccountRole.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({
        actions: ['sts:AssumeRole', 'sts:TagSession'],
        resources: [role.roleArn],
      }));
    }
    const store = new AttachedChart(this, id, { cluster: this.cluster, chart, after: BootstrapStage.CONTROL_PLANE });
    store.node.addDependency(this.release);
    return store;
  }
}

/** @see https://external-secrets.io/latest/provider/aws-secrets-manager/#iam-policy */
function statements(stack: Stack, { secrets = [], secretPrefixes = [], parameterPrefixes = [] }: ExternalSecretsOptions): iam.PolicyStatement[] {
  const allow = (actions: string[], resources: string[]) => resources.length > 0 ? [new iam.PolicyStatement({ actions, resources })] : [];
  const keys = [...new Set(secrets.flatMap(({ encryptionKey }) => encryptionKey?.keyArn ?? []))];
  return [
    // A grant writes it into the policy of a key only, which an imported key does not have.
    ...keys.length === 0 ? [] : [new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: keys,
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.${stack.urlSuffix}` } },
    })],
    ...allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], secretPrefixes.map(prefix => stack.formatArn({
      service: 'secretsmanager', resource: 'secret', resourceName: `${checkPrefix('secretPrefixes', prefix)}*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }))),
    ...allow(['GetParameter', 'GetParameterHistory', 'GetParameters', 'GetParametersByPath'].map(action => `ssm:${action}`), parameterPrefixes.map(prefix => stack.formatArn({
      service: 'ssm', resource: 'parameter', resourceName: `${checkPrefix('parameterPrefixes', prefix).replace(/^\//, '')}*`,
    }))),
  ];
}

function checkPrefix(prop: string, prefix: string): string {
  if (/^\/?$/.test(prefix) || prefix.includes('*')) {
    throw new Error(`"${prop}" has "${prefix}": give the beginning of a name without "*", such as "shop/"`);
  }
  return prefix;
}
