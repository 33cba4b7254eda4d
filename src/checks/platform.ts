import { DeliveredObject, deliveredObjects, HelmRelease, helmReleases } from './delivered';
import { installedByCluster } from './installed';
import { Pod, podOf } from './pod';
import { Resource, resourcesOf, Template } from './resource';
import { ServiceAccountRoles } from './service-account';
import { Statement, statementsOf } from './statement';
import { isTrue, known, listOf, textOf } from './values';

/** A cluster that is made in the app, of whichever module. */
export interface ClusterFacts {
  readonly resource: Resource;
  /** Properties as AWS::EKS::Cluster has them. */
  readonly properties: { [name: string]: any };
  /** The Kubernetes version, such as 1.36, where it is known at synth. */
  readonly version?: string;
  readonly isAutoMode: boolean;
}

/** All that an app synthesizes, as checks look at it. */
export class Platform {
  public readonly resources: Resource[];
  public readonly clusters: ClusterFacts[];

  private readonly byType = new Map<string, Resource[]>();
  private readonly byId = new Map<Template, Map<string, Resource>>();
  private readonly exports = new Map<string, { template: Template; value: any }>();
  private delivered?: DeliveredObject[];
  private byKind?: Map<string, DeliveredObject[]>;
  private byPlace?: Map<string, DeliveredObject[]>;
  private podsByPlace?: Map<string, Pod[]>;
  private podList?: Pod[];
  private releaseList?: HelmRelease[];
  private statementList?: Statement[];
  private installedSets?: Map<string, Set<string>>;
  private roles?: ServiceAccountRoles;

  constructor(public readonly templates: Template[]) {
    this.resources = templates.flatMap(resourcesOf).map(asCloudFormation);
    for (const resource of this.resources) {
      push(this.byType, resource.type, resource);
      this.byId.set(resource.template, (this.byId.get(resource.template) ?? new Map()).set(resource.logicalId, resource));
    }
    for (const template of templates) {
      for (const output of Object.values<any>(template.content.Outputs ?? {})) {
        const name = textOf(output.Export?.Name);
        if (name !== undefined) {
          this.exports.set(name, { template, value: output.Value });
        }
      }
    }
    this.clusters = [
      ...this.ofType('AWS::EKS::Cluster').map(resource => clusterFacts(resource, resource.properties)),
      // aws-eks of CDK makes clusters by a function of its own.
      ...this.ofType('Custom::AWSCDK-EKS-Cluster').map(resource => clusterFacts(resource, capitalized(resource.properties.Config ?? {}))),
    ];
  }

  /** Resources of these types. */
  public ofType(...types: string[]): Resource[] {
    return types.flatMap(type => this.byType.get(type) ?? []);
  }

  /** What a Ref, Fn::GetAtt or Fn::ImportValue is of; undefined for anything else, and for what is not in the app. */
  public target(value: any, from: Template): Resource | undefined {
    const attribute = value?.['Fn::GetAtt'];
    const id = value?.Ref ?? (typeof attribute === 'string' ? attribute.split('.')[0] : attribute?.[0]);
    if (typeof id === 'string') {
      const found = this.byId.get(from)?.get(id) ?? this.handed(id, from);
      const [, output] = /(?:^|\.)Outputs\.(.+)$/.exec([attribute].flat().join('.')) ?? [];
      return found && output !== undefined ? this.output(found, output) : found;
    }
    const exported = this.exports.get(textOf(value?.['Fn::ImportValue']) ?? '');
    return exported && this.target(exported.value, exported.template);
  }

  /** What the stack around a nested one hands to its parameter. */
  private handed(parameter: string, { within }: Template): Resource | undefined {
    const stack = within && this.byId.get(within.template)?.get(within.logicalId);
    return stack && this.target(stack.properties.Parameters?.[parameter], within.template);
  }

  /** What a nested stack has for an output. */
  private output(stack: Resource, name: string): Resource | undefined {
    const nested = this.templates.find(({ within }) => within?.template === stack.template && within.logicalId === stack.logicalId);
    return nested && this.target(nested.content.Outputs?.[name]?.Value, nested);
  }

  /** What each of a list of references is of. */
  public targets(values: any, from: Template): (Resource | undefined)[] {
    return listOf<any>(values).map(value => this.target(value, from));
  }

  /** Resources of a type that refer to this one by a property. */
  public referringTo(target: Resource, type: string, property: string): Resource[] {
    return this.ofType(type).filter(({ properties, template }) => this.target(properties[property], template) === target);
  }

  /** The cluster that a property names, by reference or by its name. */
  public cluster(name: any, from: Template): ClusterFacts | undefined {
    const target = this.target(name, from);
    return this.clusters.find(({ resource, properties }) => target
      ? resource === target
      : typeof name === 'string' ? properties.Name === name : name !== undefined && resource.template === from && JSON.stringify(properties.Name) === JSON.stringify(name));
  }

  /** Resources of a type whose property ClusterName is this cluster. */
  public ofCluster(cluster: ClusterFacts, ...types: string[]): Resource[] {
    return this.ofType(...types).filter(({ properties, template }) => this.cluster(properties.ClusterName, template) === cluster);
  }

  /** Every Kubernetes object that the app delivers, into whichever cluster and by whichever module. */
  public get objects(): DeliveredObject[] {
    this.delivered ??= deliveredObjects(this);
    return this.delivered;
  }

  /** Objects of these kinds. */
  public ofKind(...kinds: string[]): DeliveredObject[] {
    this.byKind ??= grouped(this.objects, ({ manifest }) => manifest.kind);
    return kinds.flatMap(kind => this.byKind!.get(kind) ?? []);
  }

  /** Objects of these kinds in a cluster. */
  public ofKindIn(clusterKey: string, ...kinds: string[]): DeliveredObject[] {
    return this.ofKind(...kinds).filter(object => object.clusterKey === clusterKey);
  }

  /** Objects of these kinds in the same namespace of the same cluster. */
  public beside(object: DeliveredObject, ...kinds: string[]): DeliveredObject[] {
    this.byPlace ??= grouped(this.objects, other => place(other, other.manifest.kind));
    return kinds.flatMap(kind => this.byPlace!.get(place(object, kind)) ?? []);
  }

  /** What runs pods in the same namespace of the same cluster. */
  public podsBeside(object: DeliveredObject): Pod[] {
    this.podsByPlace ??= grouped(this.pods, pod => place(pod.object, ''));
    return this.podsByPlace.get(place(object, '')) ?? [];
  }

  /** Whatever runs pods among the objects. */
  public get pods(): Pod[] {
    this.podList ??= this.objects.flatMap(object => podOf(object) ?? []);
    return this.podList;
  }

  /** Every Helm release that the app delivers. */
  public get releases(): HelmRelease[] {
    this.releaseList ??= helmReleases(this);
    return this.releaseList;
  }

  /** Statements of all identity policies in the app. */
  public get statements(): Statement[] {
    this.statementList ??= statementsOf(this.resources);
    return this.statementList;
  }

  /** Names of the charts, managed add-ons and capabilities that the app installs in a cluster. */
  public installed(clusterKey: string): Set<string> {
    this.installedSets ??= installedByCluster(this);
    return this.installedSets.get(clusterKey) ?? new Set();
  }

  /** What gives AWS permissions to service accounts. */
  public get serviceAccountRoles(): ServiceAccountRoles {
    this.roles ??= new ServiceAccountRoles(this);
    return this.roles;
  }
}

function clusterFacts(resource: Resource, properties: { [name: string]: any }): ClusterFacts {
  return { resource, properties, version: known(properties.Version), isAutoMode: isTrue(properties.ComputeConfig?.Enabled) };
}

/** Where an object is. */
function place({ clusterKey, manifest }: DeliveredObject, kind: string): string {
  return [clusterKey, manifest.metadata?.namespace ?? 'default', kind].join('\n');
}

function grouped<V>(items: V[], keyOf: (item: V) => string): Map<string, V[]> {
  const map = new Map<string, V[]>();
  items.forEach(item => push(map, keyOf(item), item));
  return map;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V) {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}

/** aws-eks of CDK makes Fargate profiles by a function of its own, too. */
function asCloudFormation(resource: Resource): Resource {
  return resource.type === 'Custom::AWSCDK-EKS-FargateProfile'
    ? { ...resource, type: 'AWS::EKS::FargateProfile', properties: capitalized(resource.properties.Config ?? {}) }
    : resource;
}

/** The EKS API begins its names in lower case, CloudFormation in upper case. */
function capitalized(value: any): any {
  if (Array.isArray(value)) {
    return value.map(capitalized);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => /^(Ref|Fn::)/.test(key)
    ? [key, item]
    : [key[0].toUpperCase() + key.slice(1), capitalized(item)]));
}
