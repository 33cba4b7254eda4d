import { Environment } from './environment';
import { subnets } from './subnets';

/** What the names in a template stand for. */
export interface Scope {
  readonly environment: Environment;
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  mapping(name: string): { [key: string]: { [key: string]: unknown } } | undefined;
  condition(name: string): boolean;
  importValue(name: string): unknown;
}

/** `Ref: AWS::NoValue`: the property or item that it stands for is not there. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** Evaluates the intrinsic functions in a value. */
export function resolve(value: any, scope: Scope): any {
  if (Array.isArray(value)) {
    return value.map(item => resolve(item, scope)).filter(item => item !== NO_VALUE);
  }
  if (typeof value === 'string') {
    return withDynamicReferences(value);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const [name] = Object.keys(value);
  if (Object.keys(value).length === 1 && (name === 'Ref' || name === 'Condition' && typeof value.Condition === 'string' || name.startsWith('Fn::'))) {
    const work = FUNCTIONS[name];
    if (!work) {
      throw new Error(`the intrinsic function "${name}" is not known to the rig`);
    }
    return work(value[name], scope);
  }
  const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

/** There is nothing behind a dynamic reference here: it becomes a text that names it. */
function withDynamicReferences(text: string): string {
  return text.replace(/\{\{resolve:([^}]+)\}\}/g, (_, reference) => `resolved(${reference})`);
}

const FUNCTIONS: { [name: string]: (argument: any, scope: Scope) => any } = {
  'Ref': (name, scope) => scope.ref(name),
  'Condition': (name, scope) => scope.condition(name),
  'Fn::GetAtt': (argument, scope) => {
    const [id, ...path] = Array.isArray(argument) ? argument : String(argument).split('.');
    return scope.attribute(id, path.map((part: any) => String(resolve(part, scope))).join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
    const variables = resolve(given, scope);
    return withDynamicReferences(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal, name) => {
      if (literal) { return `\${${name}}`; }
      if (name in variables) { return asText(variables[name], name); }
      const [id, ...path] = name.split('.');
      return asText(path.length > 0 ? scope.attribute(id, path.join('.')) : scope.ref(name), name);
    });
  },
  'Fn::Join': ([delimiter, list], scope) => asList(resolve(list, scope), 'Fn::Join').map(item => asText(item, 'Fn::Join')).join(delimiter),
  'Fn::Select': ([index, list], scope) => {
    const items = asList(resolve(list, scope), 'Fn::Select');
    const i = Number(resolve(index, scope));
    if (!(i in items)) { throw new Error(`Fn::Select cannot select the value at index ${i} of ${items.length}`); }
    return items[i];
  },
  'Fn::Split': ([delimiter, text], scope) => asText(resolve(text, scope), 'Fn::Split').split(delimiter),
  'Fn::Base64': (text, scope) => Buffer.from(asText(resolve(text, scope), 'Fn::Base64')).toString('base64'),
  'Fn::Length': (list, scope) => asList(resolve(list, scope), 'Fn::Length').length,
  'Fn::ToJsonString': (value, scope) => JSON.stringify(resolve(value, scope)),
  'Fn::GetAZs': (region, scope) => {
    const asked = resolve(region, scope);
    if (asked && asked !== scope.environment.region) { throw new Error(`Fn::GetAZs of ${asked}: the rig knows only ${scope.environment.region}`); }
    return scope.environment.zones;
  },
  'Fn::Cidr': ([block, count, bits], scope) => subnets(
    asText(resolve(block, scope), 'Fn::Cidr'), Number(resolve(count, scope)), Number(resolve(bits, scope) ?? 8)),
  'Fn::FindInMap': ([name, first, second, fallback], scope) => {
    const keys = [first, second].map(key => asText(resolve(key, scope), 'Fn::FindInMap'));
    const found = scope.mapping(resolve(name, scope))?.[keys[0]]?.[keys[1]];
    if (found === undefined && fallback?.DefaultValue !== undefined) { return resolve(fallback.DefaultValue, scope); }
    if (found === undefined) { throw new Error(`Fn::FindInMap: there is no ${keys.join('.')} in the mapping "${name}"`); }
    return found;
  },
  'Fn::ImportValue': (name, scope) => scope.importValue(asText(resolve(name, scope), 'Fn::ImportValue')),
  'Fn::If': ([condition, then, otherwise], scope) => resolve(scope.condition(condition) ? then : otherwise, scope),
  'Fn::Equals': ([a, b], scope) => String(resolve(a, scope)) === String(resolve(b, scope)),
  'Fn::Not': ([condition], scope) => !resolve(condition, scope),
  'Fn::And': (conditions: unknown[], scope) => conditions.every(condition => resolve(condition, scope)),
  'Fn::Or': (conditions: unknown[], scope) => conditions.some(condition => resolve(condition, scope)),
};

function asText(value: unknown, where: string): string {
  if (value === undefined || value === null || value === NO_VALUE || typeof value === 'object') {
    throw new Error(`${where} needs a string, not ${value === NO_VALUE ? 'AWS::NoValue' : JSON.stringify(value)}`);
  }
  return String(value);
}

function asList(value: unknown, where: string): unknown[] {
  if (!Array.isArray(value)) {
    throw new Error(`${where} needs a list, not ${JSON.stringify(value)}`);
  }
  return value;
}
