import { join } from 'path';
import { Duration, RemovalPolicy, Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { DeliveryNetwork } from './delivery-network';
import { checkInteger } from '../private/check-number';
import { clusterNameAtSynth } from '../private/cluster-facts';

/** How an attribute that an imported cluster may lack is read. */
function attribute(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * Options of the delivery function.
 */
export interface DeliveryOptions {
  /**
   * The layer that holds helm, such as `KubectlV36Layer` of `@aws-cdk/lambda-layer-kubectl-v36`. Only Helm charts need it: Kubernetes
   * objects are delivered without kubectl.
   *
   * @default - none; a HelmRelease is refused at synth
   */
  readonly kubectlLayer?: lambda.ILayerVersion;

  /**
   * From where the function reaches the API server.
   *
   * @default - private subnets of the cluster's VPC where the cluster has private access, otherwise the public endpoint; must be given for an
   * imported cluster
   */
  readonly network?: DeliveryNetwork;

  /**
   * Memory of the function. Helm keeps a chart and its values in memory several times.
   *
   * @default Size.mebibytes(1024)
   */
  readonly memory?: Size;

  /**
   * How long the function's log is kept. It names objects and never holds their content.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Key that encrypts the function's log group. Its policy must let CloudWatch Logs use it.
   *
   * @default - the log group is encrypted by CloudWatch Logs' own key
   */
  readonly logEncryptionKey?: kms.IKey;
}

/**
 * What brings Kubernetes objects and Helm charts into a cluster: one Lambda function a cluster, with a role that is an administrator of it.
 *
 * It applies server-side, in the order Kubernetes needs, owns what it applied and nothing else, and deletes verifiably. It also serves the
 * resources of CDK's own `addManifest`, `addHelmChart`, `KubernetesPatch` and `KubernetesObjectValue` on a PlatformCluster.
 *
 * Whoever may invoke the function, or pass its role, is an administrator of the cluster.
 */
export class Delivery extends Construct implements eks.IKubectlProvider, iam.IGrantable {
  /**
   * The delivery of a cluster. It is made at the first call, as a child of the cluster, so that it lives in the cluster's stack and
   * exists once.
   *
   * @param options may be given at the first call only
   */
  public static of(cluster: eks.ICluster, options?: DeliveryOptions): Delivery {
    const existing = cluster.node.tryFindChild('Delivery');
    if (existing instanceof Delivery) {
      if (options) {
        throw new Error(`"options" are given, but the delivery of ${cluster.node.path} exists already: give them before the first chart, add-on or release uses it`);
      }
      return existing;
    }
    return new Delivery(cluster, 'Delivery', options ?? {});
  }

  /** ARN of the function, which custom resources name as their service. */
  public readonly serviceToken: string;

  /** The function's role: cluster administrator through an access entry. */
  public readonly role?: iam.IRole;

  /** What grants apply to: the function's role. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** The function. */
  public readonly handler: lambda.Function;

  private readonly helmUsers: IConstruct[] = [];
  private hasKubectlLayer: boolean;
  private pullsFromEcr = false;

  private constructor(cluster: eks.ICluster, id: string, options: DeliveryOptions) {
    super(cluster, id);

    const network = (options.network ?? DeliveryNetwork._default(cluster))._bind(this, cluster);
    const endpoint = attribute(() => cluster.clusterEndpoint);
    const ca = attribute(() => cluster.clusterCertificateAuthorityData);
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: options.logRetention ?? logs.RetentionDays.ONE_MONTH,
      encryptionKey: options.logEncryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const statements = [
      new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
      // Where the endpoint is not known here; and so that a delete succeeds when the cluster has gone by itself.
      new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [cluster.clusterArn] }),
    ];
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `Delivers Kubernetes objects to ${clusterNameAtSynth(cluster) ?? cluster.node.path} as its administrator`,
      managedPolicies: network.vpc ? [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole')] : [],
      inlinePolicies: { Delivery: new iam.PolicyDocument({ statements }) },
    });
    this.role = role;
    this.grantPrincipal = role;

    const entry = new CfnAccessEntry(this, 'AccessEntry', {
      clusterName: cluster.clusterName,
      principalArn: role.roleArn,
      accessPolicies: [{
        policyArn: eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', { accessScopeType: eks.AccessScopeType.CLUSTER }).policy,
        accessScope: { type: 'cluster' },
      }],
    });

    this.handler = new lambda.Function(this, 'Handler', {
      description: 'Delivers Kubernetes objects and Helm charts',
      code: lambda.Code.fromAsset(join(__dirname, '..', '..', 'lib', 'handlers', 'delivery')),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.X86_64, // the binaries of the kubectl layer
      role,
      logGroup,
      timeout: Duration.minutes(15),
      memorySize: checkInteger('memory', (options.memory ?? Size.mebibytes(1024)).toMebibytes({ rounding: SizeRoundingBehavior.NONE }), 128, 10240, 'MiB'),
      environment: {
        CLUSTER_NAME: cluster.clusterName,
        ...(endpoint && ca ? { CLUSTER_ENDPOINT: endpoint, CLUSTER_CA: ca } : {}),
      },
      vpc: network.vpc,
      vpcSubnets: network.vpcSubnets,
      securityGroups: network.securityGroups,
    });
    // Through the function everything that is delivered waits for the access entry, on imported clusters too.
    this.handler.node.addDependency(entry, ...network.dependencies);
    this.serviceToken = this.handler.functionArn;

    this.node.addValidation({ validate: () => this.layerErrors() });
    this.hasKubectlLayer = false;
    if (options.kubectlLayer) {
      this.useKubectlLayer(options.kubectlLayer);
    }
  }

  /**
   * Gives the function the layer that holds helm, where it could not be given at first.
   */
  public useKubectlLayer(layer: lambda.ILayerVersion): void {
    if (this.hasKubectlLayer) {
      throw new Error(`"kubectlLayer" is given to ${this.node.scope!.node.path}, which has one already: give it once`);
    }
    this.handler.addLayers(layer);
    this.hasKubectlLayer = true;
  }

  /**
   * Lets the function pull charts from private ECR repositories of this account, or of others whose policies let it.
   */
  public allowEcrCharts(): void {
    if (!this.pullsFromEcr) {
      this.pullsFromEcr = true;
      (this.role as iam.Role).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonEC2ContainerRegistryPullOnly'));
    }
  }

  /**
   * Says that a construct needs helm: without the layer, synth fails with a text that names it.
   */
  public requireHelm(construct: IConstruct): void {
    this.helmUsers.push(construct);
  }

  private layerErrors(): string[] {
    const [first, ...others] = this.helmUsers.map(construct => construct.node.path);
    if (this.hasKubectlLayer || !first) {
      return [];
    }
    const users = others.length > 0 ? `${first} and ${others.length} more install Helm charts` : `${first} installs a Helm chart`;
    return [
      `"kubectlLayer" is missing on ${this.node.scope!.node.path}: ${users}, and helm comes with that layer. Give "kubectlLayer" to PlatformCluster or `
      + 'Delivery.of, or call useKubectlLayer on the cluster, with new KubectlV36Layer(stack, \'Kubectl\') of @aws-cdk/lambda-layer-kubectl-v36, for example',
    ];
  }
}
