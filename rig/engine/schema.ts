import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { gunzipSync } from 'zlib';

interface Property {
  readonly type: Type;
  readonly required?: boolean;
  readonly causesReplacement?: 'yes' | 'no' | 'maybe';
}

type Type =
  | { readonly type: 'array' | 'map'; readonly element: Type }
  | { readonly type: 'ref'; readonly reference: { readonly $ref: string } }
  | { readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'json' | 'tag' | 'date-time' | 'null' | 'union' };

interface Definition {
  readonly $id: string;
  readonly cloudFormationType: string;
  readonly primaryIdentifier?: string[];
  readonly attributes: { [name: string]: { readonly type: Type } };
  readonly properties: { [name: string]: Property };
}

/**
 * What CloudFormation's own schemas say about its resource types.
 *
 * They are read from the database that the CDK CLI brings for `cdk diff`: nothing is fetched. A property that replaces a resource only
 * sometimes ("maybe") is taken for one that does not.
 */
export class Schema {
  static load(): Schema {
    const file = join(dirname(require.resolve('aws-cdk/package.json')), 'db.json.gz');
    const { resource, typeDefinition } = JSON.parse(gunzipSync(readFileSync(file)).toString()).schema;
    return new Schema(
      new Map(resource.entities.map((entity: Definition) => [entity.cloudFormationType, entity])),
      new Map(typeDefinition.entities.map((entity: Definition) => [entity.$id, entity])),
    );
  }

  private constructor(private readonly types: Map<string, Definition>, private readonly definitions: Map<string, Definition>) {}

  knows(type: string): boolean {
    return this.types.has(type);
  }

  /** The names of what `Fn::GetAtt` may ask for, with whether it is a list. */
  attributes(type: string): { [name: string]: 'list' | 'scalar' } {
    return Object.fromEntries(Object.entries(this.of(type).attributes).map(([name, { type: t }]) => [name, t.type === 'array' ? 'list' : 'scalar']));
  }

  primaryIdentifier(type: string): string[] {
    return this.of(type).primaryIdentifier ?? ['Id'];
  }

  /** How a type takes tags, if it does and can be tagged later. */
  tags(type: string): 'list' | 'map' | undefined {
    const { Tags } = this.of(type).properties;
    if (!Tags || Tags.causesReplacement === 'yes') { return undefined; }
    return Tags.type.type === 'array' ? 'list' : Tags.type.type === 'map' ? 'map' : undefined;
  }

  /** Whether CloudFormation makes a new resource when the property at this path changes. */
  replaces(type: string, path: string[]): boolean {
    let properties = this.of(type).properties;
    let flag = false;
    for (const name of path) {
      const property = properties[name];
      if (!property) { return flag; }
      flag = property.causesReplacement === 'yes' || (flag && property.causesReplacement !== 'no');
      const inner = property.type.type === 'ref' ? this.definitions.get(property.type.reference.$ref) : undefined;
      if (!inner) { return flag; }
      properties = inner.properties;
      // A structure is create-only as a whole only where none of its members is told apart.
      if (Object.values(properties).some(p => p.causesReplacement)) { flag = false; }
    }
    return flag;
  }

  /** What is wrong with the form of the properties: names that do not exist, required ones that are missing, lists that are none. */
  problems(type: string, properties: { [name: string]: unknown }): string[] {
    const known = new Set(Object.keys(this.of(type).properties));
    const unknown = Object.keys(properties).filter(name => !known.has(name)).map(name => `extraneous key [${name}] is not permitted`);
    return [...unknown, ...this.problemsIn(this.of(type).properties, properties, '')];
  }

  private problemsIn(declared: { [name: string]: Property }, given: { [name: string]: unknown }, at: string): string[] {
    return Object.entries(declared).flatMap(([name, { type, required }]) => {
      const value = given[name];
      if (value === undefined) { return required ? [`required key [${at}${name}] not found`] : []; }
      return this.problemsOf(type, value, `${at}${name}`);
    });
  }

  private problemsOf(type: Type, value: unknown, at: string): string[] {
    switch (type.type) {
      case 'array':
        return Array.isArray(value) ? value.flatMap((item, i) => this.problemsOf(type.element, item, `${at}/${i}`)) : [`[${at}] is not a list`];
      case 'ref': {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) { return [`[${at}] is not an object`]; }
        const { properties } = this.definitions.get(type.reference.$ref)!;
        const unknown = Object.keys(value).filter(name => !(name in properties)).map(name => `extraneous key [${at}/${name}] is not permitted`);
        return [...unknown, ...this.problemsIn(properties, value as { [name: string]: unknown }, `${at}/`)];
      }
      case 'string':
      case 'number':
      case 'integer':
      case 'boolean':
        return typeof value === 'object' ? [`[${at}] is not a ${type.type}`] : [];
      default:
        return [];
    }
  }

  private of(type: string): Definition {
    const definition = this.types.get(type);
    if (!definition) { throw new Error(`unrecognized resource type: ${type}`); }
    return definition;
  }
}
