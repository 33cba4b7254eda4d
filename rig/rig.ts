import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { text } from 'stream/consumers';
import { Certificates } from './control-plane/certificates';
import { helmPath } from './control-plane/helm';
import { Assembly } from './engine/assembly';
import { CustomResourceEvent, CustomResources } from './engine/custom-resources';
import { Engine } from './engine/engine';
import { Environment, NOWHERE } from './engine/environment';
import { NestedStacks } from './engine/nested-stacks';
import { ExistingResourceRequest, ResourceProvider, ResourceRequest, UpdateRequest } from './engine/provider';
import { Schema } from './engine/schema';
import { isCustom } from './engine/template';
import { FunctionConfiguration, Lambda } from './functions/lambda';
import { HttpMailbox } from './functions/mailbox';
import { cloudFormation } from './model/api/cloudformation';
import { ec2 } from './model/api/ec2';
import { describeCluster } from './model/api/eks';
import { elasticLoadBalancing } from './model/api/elastic-load-balancing';
import { iam } from './model/api/iam';
import { answer } from './model/api/query';
import { AwsModel, Pace } from './model/aws-model';
import { Charts } from './model/charts';
import { Cluster } from './model/cluster';
import { ControlPlanes } from './model/control-planes';
import { Controllers } from './model/controllers/controllers';
import { Answer, Endpoints } from './model/endpoints';
import { credentialsOf } from './model/identity';
import { PodIdentity } from './model/pod-identity';
import { RULES } from './model/rules/rules';

export interface RigOptions {
  /**
   * How long things take.
   *
   * @default - an access entry lets in after 1.5 s, an association reaches pods after 0.3 s, an add-on may be degraded for 20 s
   */
  readonly pace?: Partial<Pace>;

  /**
   * Whether the VPC CNI leaves a network interface of each machine that ends: then a network is only deleted after a sweep.
   *
   * @default false
   */
  readonly leavesInterfaces?: boolean;

  /**
   * Seconds that CloudFormation waits for an answer, in the place of an hour.
   *
   * @default 300, and functions end at least 30 seconds before
   */
  readonly hour?: number;

  /**
   * Further environment of every function.
   *
   * @default - none
   */
  readonly functionEnvironment?: { [name: string]: string };

  readonly onLog?: (source: string, line: string) => void;
}

/** Seconds. */
const HOUR = 300;
const NODE_MODULES = resolve(__dirname, '..', 'node_modules');

/**
 * A place to rehearse in: CloudFormation, the account, its functions and its clusters, all on this machine.
 *
 * It is a model. What it knows and what it does not know of AWS stands in its README.
 */
export class Rig {
  static async start(options: RigOptions = {}): Promise<Rig> {
    const folder = await mkdtemp(join(tmpdir(), 'rig-'));
    const [certificates, mailbox, helm] = await Promise.all([Certificates.create(join(folder, 'pki'), '10.100.0.1'), HttpMailbox.start(), helmPath()]);
    const rig = new Rig(options, folder, certificates, mailbox, helm, Schema.load());
    rig.podIdentity = await PodIdentity.start(() => rig.model, certificates);
    rig.endpoints = await Endpoints.start({
      charts: path => rig.serveChart(path),
      s3: path => rig.readBucket(path),
      eks: async path => describeCluster(rig.model, path),
      lambda: async (path, request) => rig.invokeFunction(path, await text(request)),
      cloudformation: async (_, request) => answer(cloudFormation(() => rig.engine.stacks.values()), await text(request), 'result'),
      // Whatever secret is asked for: a JSON object with a password.
      secretsmanager: async () => ({ headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ SecretString: '{"password":"rehearsal"}' }) }),
      ec2: async (_, request) => answer(ec2(rig.model), await text(request), 'ec2'),
      elb: async (_, request) => answer(elasticLoadBalancing(rig.model.world), await text(request), 'result'),
      iam: async (_, request) => answer(iam(rig.model.world), await text(request), 'result'),
    });
    return rig;
  }

  readonly environment: Environment = NOWHERE;
  readonly engine: Engine;
  readonly model: AwsModel;
  readonly lambda: Lambda;
  /** What was found in clusters, besides what their stacks put there, when they were deleted. */
  readonly residues: { readonly cluster: string; readonly objects: string[] }[] = [];
  private readonly planes = new ControlPlanes();
  private readonly controllers = new Map<Cluster, Controllers>();
  private readonly assemblies: Assembly[] = [];
  private readonly charts: Charts;
  private endpoints!: Endpoints;
  private podIdentity!: PodIdentity;

  private constructor(
    private readonly options: RigOptions, private readonly folder: string, private readonly certificates: Certificates,
    readonly mailbox: HttpMailbox, private readonly helm: string, schema: Schema,
  ) {
    this.charts = new Charts(helm);
    this.model = new AwsModel({
      environment: this.environment,
      schema,
      rules: RULES,
      pace: { access: 1500, association: 300, patience: 20_000, ...options.pace },
      leavesInterfaces: options.leavesInterfaces ?? false,
      openCluster: name => this.openCluster(name),
      closeCluster: cluster => this.closeCluster(cluster),
    });
    this.lambda = new Lambda({
      find: token => this.findFunction(token),
      transform: event => this.withReachableChart(event),
      onLog: (name, line) => options.onLog?.(name, line),
    });
    this.engine = new Engine({
      environment: this.environment,
      provider: this.provider(),
      replaces: (type, path) => schema.replaces(type, path),
    });
  }

  /** Makes the assets of an app known. Those of earlier ones stay: a rollback may need them. */
  load(folder: string): Assembly {
    const assembly = Assembly.read(folder);
    this.assemblies.unshift(assembly);
    return assembly;
  }

  /**
   * Keeps everything as it is, and returns how to have just that back, as often as wanted: stacks, account, clusters with all that is in them.
   *
   * It may be asked for in the midst of a change, while no step is under way; a change that is started afterwards goes on from there.
   */
  async save(): Promise<() => Promise<void>> {
    await this.lambda.idle();
    await this.stopControllers();
    const saved = [this.model.world.save(), this.model.identity.save(), this.engine.save()];
    const clusters = await Promise.all([...this.model.clusters].map(async ([name, cluster]) => {
      this.planes.hold(cluster.plane);
      return { name, plane: cluster.plane, restore: await cluster.save() };
    }));
    this.startControllers();
    return async () => {
      await this.lambda.idle();
      await this.stopControllers();
      for (const cluster of this.model.clusters.values()) {
        await cluster.close();
        await this.planes.giveBack(cluster.plane, false);
      }
      this.model.clusters.clear();
      this.residues.splice(0);
      saved.forEach(restore => restore());
      await Promise.all(clusters.map(async ({ name, plane, restore }) => {
        this.planes.reclaim(plane);
        this.model.clusters.set(name, await restore());
      }));
      this.startControllers();
    };
  }

  async stop(): Promise<void> {
    await this.stopControllers();
    await this.lambda.stop();
    await Promise.all([...this.model.clusters.values()].map(cluster => cluster.close()));
    await Promise.all([this.planes.stop(), this.endpoints.stop(), this.mailbox.stop(), this.podIdentity.stop()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Who deals with a resource, by its type. */
  private provider(): ResourceProvider {
    const custom = new CustomResources({
      mailbox: this.mailbox, patience: (this.options.hour ?? HOUR) * 1000, invoke: (token, event) => this.lambda.invoke(token, event),
    });
    const nested = new NestedStacks(() => this.engine, url => this.assetOf(url.split('/').at(-1)!).templateAt(url));
    const of = (type: string) => isCustom(type) ? custom : type === 'AWS::CloudFormation::Stack' ? nested : this.model;
    return {
      create: (request: ResourceRequest) => of(request.type).create(request),
      update: (request: UpdateRequest) => of(request.type).update(request),
      delete: (request: ExistingResourceRequest) => of(request.type).delete(request),
    };
  }

  private async openCluster(name: string): Promise<Cluster> {
    const cluster = await Cluster.open(name, await this.planes.take(), this.certificates, this.podIdentity);
    this.startControllers(cluster);
    return cluster;
  }

  private startControllers(...clusters: Cluster[]): void {
    for (const cluster of clusters.length > 0 ? clusters : this.model.clusters.values()) {
      this.controllers.set(cluster, Controllers.start(cluster, this.model, line => this.options.onLog?.('controllers', line)));
    }
  }

  private async stopControllers(): Promise<void> {
    await Promise.all([...this.controllers.values()].map(controllers => controllers.stop()));
    this.controllers.clear();
  }

  private async closeCluster(cluster: Cluster): Promise<void> {
    const objects = await cluster.residue();
    await this.controllers.get(cluster)?.stop();
    this.controllers.delete(cluster);
    if (objects.length > 0) { this.residues.push({ cluster: cluster.name, objects }); }
    await cluster.close();
    await this.planes.giveBack(cluster.plane, await cluster.isAsFound());
  }

  private findFunction(serviceToken: string): FunctionConfiguration {
    const thing = this.model.world.ofType('AWS::Lambda::Function').find(({ attributes }) => attributes.Arn === serviceToken);
    if (!thing) { throw new Error(`function not found: ${serviceToken}`); }
    const { Code, Handler, Runtime, Timeout = 3, Environment: variables, Role } = thing.properties;
    const { accessKeyId, secretAccessKey } = credentialsOf(Role);
    return {
      name: thing.id,
      code: this.assetOf(Code.S3Key).path(Code.S3Key),
      handler: Handler,
      runtime: Runtime,
      // On AWS, too, a function ends long before CloudFormation gives up, so that it can say what it has waited for.
      timeout: this.options.hour === undefined ? Math.min(Number(Timeout), HOUR - 30) : Number(Timeout),
      environment: {
        ...variables?.Variables,
        PATH: process.env.PATH ?? '',
        HOME: this.folder,
        TMPDIR: this.folder,
        NODE_PATH: NODE_MODULES,
        AWS_LAMBDA_FUNCTION_NAME: thing.id,
        AWS_REGION: this.environment.region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL_CLOUDFORMATION: this.endpoints.url('cloudformation'),
        AWS_ENDPOINT_URL_EC2: this.endpoints.url('ec2'),
        AWS_ENDPOINT_URL_EKS: this.endpoints.url('eks'),
        AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: this.endpoints.url('elb'),
        AWS_ENDPOINT_URL_IAM: this.endpoints.url('iam'),
        AWS_ENDPOINT_URL_LAMBDA: this.endpoints.url('lambda'),
        AWS_ENDPOINT_URL_SECRETS_MANAGER: this.endpoints.url('secretsmanager'),
        AWS_ENDPOINT_URL_S3: this.endpoints.url('s3'),
        // Where the kubectl layer would put it.
        HELM_PATH: this.helm,
        DELIVERY_PATIENCE_SECONDS: '10',
        ...this.options.functionEnvironment,
      },
    };
  }

  /** Chart repositories cannot be reached: the stand-ins come from one on loopback, and only the function is told so. */
  private withReachableChart(event: CustomResourceEvent): CustomResourceEvent {
    const rewritten = (properties: any) => {
      if (!properties?.Chart && !properties?.Repository?.startsWith('oci://')) { return properties; }
      const name = String(properties.Chart ?? properties.Repository).split('/').at(-1)!;
      const version = String(properties.Version ?? '0.0.0').replace(/^v/, '');
      return { ...properties, Chart: name, Version: version, Repository: this.endpoints.url(`charts/${name}/${version}`) };
    };
    return { ...event, ResourceProperties: rewritten(event.ResourceProperties), OldResourceProperties: rewritten(event.OldResourceProperties) };
  }

  private async serveChart(path: string): Promise<Answer> {
    const [name, version, file] = path.split('/');
    return file === 'index.yaml'
      ? { body: this.charts.index(name, version, this.endpoints.url(`charts/${name}/${version}`)) }
      : { body: await this.charts.package(name, version) };
  }

  private async readBucket(path: string): Promise<Answer | undefined> {
    const key = path.split('/').slice(1).join('/');
    for (const assembly of this.assemblies) {
      const body = await assembly.content(key);
      if (body) { return { body }; }
    }
    return undefined;
  }

  /** A function may hand an event on to itself. */
  private invokeFunction(path: string, payload: string): Answer {
    const name = /^2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
    const thing = this.model.world.ofType('AWS::Lambda::Function').find(({ id, attributes }) => id === name || attributes.Arn === name);
    if (!thing) { return { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: '{}' }; }
    this.lambda.invoke(String(thing.attributes.Arn), JSON.parse(payload));
    return { status: 202, body: '' };
  }

  private assetOf(key: string): Assembly {
    const assembly = this.assemblies.find(candidate => candidate.has(key));
    if (!assembly) { throw new Error(`no assembly has the asset "${key}"`); }
    return assembly;
  }
}
