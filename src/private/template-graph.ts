/** A CloudFormation template, as far as a graph of it goes. */
export interface Template {
  readonly Resources?: { [logicalId: string]: TemplateResource };
}

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { [name: string]: any };
  readonly DependsOn?: string | string[];
}

/** What each resource of a template waits for: by DependsOn, Ref, Fn::GetAtt and Fn::Sub. */
export function dependencies(template: Template): Map<string, Set<string>> {
  const resources = template.Resources ?? {};
  const graph = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(resources)) {
    const found = new Set<string>([resource.DependsOn ?? []].flat());
    collect(resource.Properties, found);
    graph.set(id, new Set([...found].filter(name => name in resources)));
  }
  return graph;
}

/** A cycle in a graph, as the names along it, or undefined where there is none. */
export function findCycle(graph: Map<string, Set<string>>): string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, path: string[]): string[] | undefined => {
    if (path.includes(name)) {
      return [...path.slice(path.indexOf(name)), name];
    }
    if (done.has(name)) {
      return undefined;
    }
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle) {
        return cycle;
      }
    }
    done.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle) {
      return cycle;
    }
  }
  return undefined;
}

/**
 * The named resources in the order in which they can come up: each level waits for something in the one before, directly or
 * through others.
 */
export function levels(graph: Map<string, Set<string>>, names: string[]): string[][] {
  const wanted = new Set(names);
  const depths = new Map<string, number>();
  const depth = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) {
      return known;
    }
    const below = Math.max(0, ...[...graph.get(name) ?? []].map(depth));
    const own = below + (wanted.has(name) ? 1 : 0);
    depths.set(name, own);
    return own;
  };
  const result: string[][] = [];
  for (const name of names) {
    (result[depth(name) - 1] ??= []).push(name);
  }
  return result.filter(level => level?.length);
}

function collect(value: any, found: Set<string>): void {
  if (Array.isArray(value)) {
    value.forEach(item => collect(item, found));
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === 'Ref' && typeof item === 'string') {
      found.add(item);
    } else if (key === 'Fn::GetAtt') {
      found.add(Array.isArray(item) ? item[0] : String(item).split('.')[0]);
    } else if (key === 'Fn::Sub') {
      const [text, variables] = Array.isArray(item) ? item : [item, {}];
      for (const [, name] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
        found.add(name.split('.')[0]);
      }
      collect(variables, found);
    } else {
      collect(item, found);
    }
  }
}
