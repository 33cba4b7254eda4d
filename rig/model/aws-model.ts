import { Cluster } from './cluster';
import { Identity } from './identity';
import { Rule } from './rule';
import { Thing, World } from './world';
import { Environment } from '../engine/environment';
import { CreateFailure, ExistingResourceRequest, ResourceProvider, ResourceRequest, ResourceResult, UpdateRequest } from '../engine/provider';
import { Schema } from '../engine/schema';

/** How long things take here, in milliseconds. */
export interface Pace {
  /** Until an access entry lets its principal in. */
  readonly access: number;
  /** Until a Pod Identity association reaches new pods. */
  readonly association: number;
  /** How long an add-on or a node group may be degraded before its creation fails. */
  readonly patience: number;
}

export interface AwsModelOptions {
  readonly environment: Environment;
  readonly schema: Schema;
  readonly rules: { [type: string]: Rule };
  readonly pace: Pace;
  /** Whether the VPC CNI leaves a network interface of each machine that ends, as it does now and then. */
  readonly leavesInterfaces: boolean;
  readonly openCluster: (name: string) => Promise<Cluster>;
  /** What was left in a cluster when it was deleted. */
  readonly closeCluster: (cluster: Cluster) => Promise<void>;
}

/** Stands for all that AWS makes: a generic resource for every type, and rules for those where they matter. */
export class AwsModel implements ResourceProvider {
  readonly world = new World();
  readonly identity: Identity;
  readonly clusters = new Map<string, Cluster>();
  readonly pace: Pace;
  readonly environment: Environment;
  readonly leavesInterfaces: boolean;

  constructor(private readonly options: AwsModelOptions) {
    this.identity = new Identity(options.schema, options.environment);
    this.pace = options.pace;
    this.environment = options.environment;
    this.leavesInterfaces = options.leavesInterfaces;
  }

  async create(request: ResourceRequest): Promise<ResourceResult> {
    const { type, properties } = request;
    const problem = this.problem(request) ?? this.rule(type).refuse?.(properties, this);
    if (problem) { throw new Error(problem); }
    const physicalId = this.identity.physicalId(request);
    const thing = this.world.add({
      type, id: physicalId, owner: `${request.stackName}/${request.logicalId}`, properties, attributes: this.identity.attributes(type, physicalId, properties),
    });
    try {
      await this.rule(type).created?.(thing, this);
    } catch (e) {
      throw new CreateFailure((e as Error).message, physicalId);
    }
    return { physicalId, attributes: thing.attributes };
  }

  async update(request: UpdateRequest): Promise<ResourceResult> {
    const { type, physicalId, properties } = request;
    const thing = this.world.get(type, physicalId);
    if (!thing) { throw new Error(`${type} "${physicalId}" does not exist`); }
    const problem = this.problem(request) ?? this.rule(type).refuse?.(properties, this, thing);
    if (problem) { throw new Error(problem); }
    const before = thing.properties;
    thing.properties = properties;
    const generic = this.identity.attributes(type, physicalId, properties);
    thing.attributes = { ...generic, ...thing.attributes, ...Object.fromEntries(Object.entries(generic).filter(([name]) => name in properties)) };
    await this.rule(type).updated?.(thing, before, this);
    return { physicalId, attributes: thing.attributes };
  }

  async delete({ type, physicalId }: ExistingResourceRequest): Promise<void> {
    const thing = this.world.get(type, physicalId);
    if (!thing) { return; }
    const problem = this.rule(type).refuseDelete?.(thing, this);
    if (problem) { throw new Error(problem); }
    await this.rule(type).deleted?.(thing, this);
    this.world.remove(thing);
  }

  /** @throws if there is no such cluster. */
  cluster(name: string): Cluster {
    const cluster = this.clusters.get(name);
    if (!cluster) { throw new Error(`no cluster found for name: ${name}`); }
    return cluster;
  }

  /** What somebody makes beside CloudFormation. */
  make(type: string, id: string, owner: string, properties: Thing['properties'] = {}): Thing {
    return this.world.add({ type, id, owner, properties, attributes: {} });
  }

  async openCluster(name: string): Promise<Cluster> {
    const cluster = await this.options.openCluster(name);
    this.clusters.set(name, cluster);
    return cluster;
  }

  async closeCluster(name: string): Promise<void> {
    const cluster = this.clusters.get(name);
    this.clusters.delete(name);
    if (cluster) { await this.options.closeCluster(cluster); }
  }

  private rule(type: string): Rule {
    return this.options.rules[type] ?? {};
  }

  private problem({ type, logicalId, properties }: ResourceRequest): string | undefined {
    const problems = this.options.schema.problems(type, properties);
    return problems.length > 0 ? `properties validation failed for resource ${logicalId}: ${problems.join(', ')}` : undefined;
  }
}
