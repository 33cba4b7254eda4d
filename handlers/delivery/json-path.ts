/** One step into a value: from the values so far to those one level deeper. */
type Step = (values: any[]) => any[];

/**
 * The part of kubectl's JSONPath that reads one thing out of an object: `.a.b`, `['a.b']`, `.a\.b`, `[0]`, `[-1]`, `[*]`, `.*` and
 * filters such as `[?(@.type=="Ready")]`. Braces around it and a leading `$` are allowed.
 */
export function readPath(object: unknown, path: string): string {
  const values = parse(path).reduce<any[]>((current, step) => step(current), [object]);
  return values.map(value => typeof value === 'string' ? value : JSON.stringify(value)).join(' ');
}

/** Every step, or an error that says which part is not understood. */
function parse(path: string): Step[] {
  let rest = path.trim().replace(/^\{(.*)\}$/s, '$1').trim().replace(/^\$/, '');
  const steps: Step[] = [];
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest);
    if (match) {
      rest = rest.slice(match[0].length);
    }
    return match ?? undefined;
  };
  while (rest !== '' && rest !== '.') {
    let match: RegExpExecArray | undefined;
    if (take(/^\.?(\[\*\]|\*)/)) {
      steps.push(values => values.flatMap(v => v !== null && typeof v === 'object' ? Object.values(v) : []));
    } else if ((match = take(/^\.?\[(-?\d+)\]/))) {
      const index = Number(match[1]);
      steps.push(values => defined(values.map(v => Array.isArray(v) ? v.at(index) : undefined)));
    } else if ((match = take(/^\.?\[\s*(?:'([^']*)'|"([^"]*)")\s*\]/))) {
      steps.push(field(match[1] ?? match[2]));
    } else if ((match = take(/^\.?\[\?\(\s*@((?:[^=!<>()])+?)\s*(?:(==|!=)\s*(?:'([^']*)'|"([^"]*)"|([\w.-]+))\s*)?\)\]/))) {
      steps.push(filter(match));
    } else if ((match = take(/^\.?((?:\\.|[^.[\]{}()*?@\\\s'"])+)/))) {
      steps.push(field(match[1].replace(/\\(.)/g, '$1')));
    } else {
      throw new Error(`"JsonPath" is "${path}": "${rest}" is not understood. Give a path such as .status.loadBalancer.ingress[0].hostname`);
    }
  }
  return steps;
}

function field(name: string): Step {
  return values => defined(values.map(v => v !== null && typeof v === 'object' && Object.hasOwn(v, name) ? v[name] : undefined));
}

function filter(match: RegExpExecArray): Step {
  const steps = parse(match[1]);
  const operator = match[2];
  const wanted = match[3] ?? match[4] ?? match[5];
  return values => values.flatMap(v => Array.isArray(v) ? v : []).filter(item => {
    const found = steps.reduce<any[]>((current, step) => step(current), [item]);
    return operator ? found.some(f => (String(f) === wanted) === (operator === '==')) : found.length > 0;
  });
}

function defined(values: any[]): any[] {
  return values.filter(v => v !== undefined && v !== null);
}
