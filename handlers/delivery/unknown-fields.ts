import { KubeObject } from './objects';

/**
 * Takes the fields out of an object that a server-side apply has refused as `.spec.a[name="b"].c: field not declared in schema`. Server-side
 * apply knows no switch for it; who skips validation wants them dropped. False if there was nothing to take out.
 */
export function dropUnknownFields(object: KubeObject, refusal: string): boolean {
  const paths = [...refusal.matchAll(/(\.\S+?): field not declared in schema/g)].map(match => match[1]);
  return paths.map(path => drop(object, steps(path))).includes(true);
}

type Step = { readonly field: string } | { readonly keys: Record<string, string> } | { readonly index: number };

function steps(path: string): Step[] {
  return [...path.matchAll(/\.([^.[]+)|\[(\d+)\]|\[([^\]]+)\]/g)].map(([, field, index, keys]) => {
    if (field !== undefined) {
      return { field };
    }
    return index !== undefined ? { index: Number(index) } : { keys: Object.fromEntries([...keys.matchAll(/(\w+)=("[^"]*"|[^,]+)/g)].map(([, k, v]) => [k, v.replace(/^"|"$/g, '')])) };
  });
}

function drop(value: any, [step, ...rest]: Step[]): boolean {
  if (value === null || typeof value !== 'object' || !step) {
    return false;
  }
  if ('field' in step) {
    if (rest.length > 0) {
      return drop(value[step.field], rest);
    }
    return step.field in value && delete value[step.field];
  }
  if (!Array.isArray(value)) {
    return false;
  }
  // A list key that the manifest leaves out is a default of the server.
  const items = 'index' in step ? [value[step.index]] : value.filter(item => Object.entries(step.keys).every(([k, v]) => item?.[k] === undefined || String(item[k]) === v));
  return items.map(item => drop(item, rest)).includes(true);
}
