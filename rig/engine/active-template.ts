import { Environment } from './environment';
import { NO_VALUE, resolve, Scope } from './intrinsics';
import { Output, Template, TemplateResource } from './template';
import { dependencies, findCycle } from '../../src/private/template-graph';

/** A template whose parameters are known and whose conditions are decided: what is left is what will be there. */
export class ActiveTemplate {
  readonly resources: { [logicalId: string]: TemplateResource } = {};
  readonly outputs: { [name: string]: Output } = {};
  /** What each resource waits for. */
  readonly graph: Map<string, Set<string>>;
  readonly parameters: { [name: string]: unknown } = {};
  private readonly conditions = new Map<string, boolean>();

  /** @throws where CloudFormation refuses a template before it touches anything */
  constructor(readonly source: Template, given: { [name: string]: string } = {}, private readonly environment: Environment) {
    if (source.Transform && source.Transform !== 'AWS::LanguageExtensions') {
      throw new Error(`the template has the transform ${JSON.stringify(source.Transform)}, which the rig does not know`);
    }
    this.setParameters(given);
    for (const name of Object.keys(source.Conditions ?? {})) {
      this.condition(name);
    }
    for (const [id, resource] of Object.entries(source.Resources)) {
      if (resource.Condition === undefined || this.condition(resource.Condition)) {
        this.resources[id] = { ...resource, Properties: this.decided(resource.Properties) };
      }
    }
    for (const [name, output] of Object.entries(source.Outputs ?? {})) {
      if (output.Condition === undefined || this.condition(output.Condition)) {
        this.outputs[name] = this.decided(output) as Output;
      }
    }
    this.checkNames();
    this.graph = dependencies({ Resources: this.resources });
    const cycle = findCycle(this.graph);
    if (cycle) {
      throw new Error(`circular dependency between resources: ${cycle.join(' -> ')}`);
    }
  }

  /** Names that are not resources: parameters and pseudo parameters. */
  constant(name: string, stack: { name: string; id: string }): unknown {
    const { account, region, partition, urlSuffix } = this.environment;
    const pseudo: { [name: string]: unknown } = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': partition,
      'AWS::URLSuffix': urlSuffix,
      'AWS::StackName': stack.name,
      'AWS::StackId': stack.id,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': NO_VALUE,
    };
    return name in pseudo ? pseudo[name] : this.parameters[name];
  }

  condition(name: string): boolean {
    const known = this.conditions.get(name);
    if (known !== undefined) { return known; }
    const expression = this.source.Conditions?.[name];
    if (expression === undefined) { throw new Error(`there is no condition "${name}"`); }
    const value = Boolean(resolve(expression, this.withoutResources()));
    this.conditions.set(name, value);
    return value;
  }

  private setParameters(given: { [name: string]: string }): void {
    const declared = this.source.Parameters ?? {};
    const unknown = Object.keys(given).filter(name => !(name in declared));
    if (unknown.length > 0) { throw new Error(`parameters ${unknown.join(', ')} do not exist in the template`); }
    for (const [name, { Type, Default, AllowedValues }] of Object.entries(declared)) {
      const value = given[name] ?? Default;
      if (value === undefined) { throw new Error(`parameters: "${name}" must have a value`); }
      if (AllowedValues && !AllowedValues.map(String).includes(String(value))) { throw new Error(`parameter "${name}" is "${value}": not one of its allowed values`); }
      this.parameters[name] = Type.startsWith('AWS::SSM::Parameter') ? `resolved(ssm:${value})` : Type.includes('List') ? String(value).split(',') : value;
    }
  }

  private checkNames(): void {
    for (const [id, resource] of Object.entries(this.resources)) {
      for (const other of [resource.DependsOn ?? []].flat()) {
        if (!(other in this.source.Resources)) { throw new Error(`unresolved resource dependencies [${other}] in the Resources block ("${id}" depends on it)`); }
      }
    }
  }

  /** The value without its `Fn::If`s. */
  private decided(value: any): any {
    if (Array.isArray(value)) { return value.map(item => this.decided(item)); }
    if (value === null || typeof value !== 'object') { return value; }
    if (Object.keys(value).length === 1 && 'Fn::If' in value) {
      const [condition, then, otherwise] = value['Fn::If'];
      return this.decided(this.condition(condition) ? then : otherwise);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.decided(item)]));
  }

  private withoutResources(): Scope {
    return {
      environment: this.environment,
      ref: name => this.constant(name, { name: '', id: '' }),
      attribute: () => { throw new Error('a condition cannot refer to a resource'); },
      importValue: () => { throw new Error('a condition cannot import a value'); },
      mapping: name => this.source.Mappings?.[name],
      condition: name => this.condition(name),
    };
  }
}
