import { known } from './values';

/** What a deployment gives for the parameters of a template. */
type Given = { [parameter: string]: any };

/**
 * A template as it is deployed where nobody gives other parameters: their defaults, mappings and conditions are looked up, AWS::NoValue is
 * nothing, texts are joined. What only the deployment knows stays as it is.
 */
export function withDefaults(content: any, given: Given = {}): any {
  const parameters: Given = Object.fromEntries(Object.entries<any>(content.Parameters ?? {})
    .map(([name, { Type: type, Default: value }]) => [name, name in given ? given[name] : defaultOf(type, value)])
    .filter(([, value]) => known(value) !== undefined && value !== ''));

  const conditionOf = (condition: any): boolean | undefined => {
    const [[operator, operands] = []] = Object.entries<any>(condition ?? {});
    switch (operator) {
      case 'Condition': return conditionOf(content.Conditions?.[operands]);
      case 'Fn::Not': return negated(conditionOf(operands[0]));
      case 'Fn::And': return every(operands.map(conditionOf));
      case 'Fn::Or': return negated(every(operands.map(conditionOf).map(negated)));
      case 'Fn::Equals': {
        const [one, other] = operands.map(resolve).map(known);
        return one === undefined || other === undefined ? undefined : String(one) === String(other);
      }
      default: return undefined;
    }
  };

  const intrinsic: { [name: string]: (argument: any, asIs: any) => any } = {
    'Ref': (name, asIs) => name === 'AWS::NoValue' ? undefined : parameters[name] ?? asIs,
    'Fn::If': ([condition, yes, no], asIs) => {
      const holds = conditionOf({ Condition: condition });
      return holds === undefined ? asIs : holds ? yes : no;
    },
    'Fn::FindInMap': ([map, first, second], asIs) => content.Mappings?.[map]?.[first]?.[second] ?? asIs,
    'Fn::Select': ([index, list], asIs) => Array.isArray(list) && list.every(item => known(item) !== undefined) ? list[index] : asIs,
    'Fn::Join': ([separator, list], asIs) => Array.isArray(list) && list.every(item => typeof item === 'string') ? list.join(separator) : asIs,
    'Fn::Sub': (text, asIs) => typeof text === 'string'
      ? substituted(text.replace(/\$\{([^!}]+)\}/g, (as, name) => typeof parameters[name] === 'string' ? parameters[name] : as))
      : asIs,
  };

  const resolve = (value: any): any => {
    if (Array.isArray(value)) {
      return value.map(resolve).filter(item => item !== undefined);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const entries = Object.entries(value).map(([key, item]) => [key, key === 'Fn::If' ? branches(item) : resolve(item)]).filter(([, item]) => item !== undefined);
    const asIs = Object.fromEntries(entries);
    const [[name, argument] = []] = entries;
    return entries.length === 1 && Object.hasOwn(intrinsic, name) && (name === 'Ref' || name === 'Fn::Sub' || Array.isArray(argument)) ? intrinsic[name](argument, asIs) : asIs;
  };
  /** All three stay: one of them may be AWS::NoValue. */
  const branches = (item: any) => Array.isArray(item) ? item.map(branch => resolve(branch)) : item;

  return Object.keys(parameters).length > 0 || content.Mappings || content.Conditions || JSON.stringify(content).includes('"AWS::NoValue"')
    ? { ...content, Resources: resolve(content.Resources ?? {}), Outputs: resolve(content.Outputs ?? {}) }
    : content;
}

/** Defaults of other types are where the value is found. */
function defaultOf(type: any, value: any): any {
  return /^List<|^CommaDelimitedList$/.test(type) && typeof value === 'string' ? value.split(',').map(item => item.trim())
    : /^(String|Number|AWS::EC2::)/.test(type) ? value : undefined;
}

function substituted(text: string): any {
  return text.includes('${') ? { 'Fn::Sub': text } : text;
}

function negated(holds: boolean | undefined): boolean | undefined {
  return holds === undefined ? undefined : !holds;
}

function every(all: (boolean | undefined)[]): boolean | undefined {
  return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
}
