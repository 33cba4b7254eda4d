/** Stands in text for what only the deployment knows. A private-use character: it stands in no manifest. */
export const TOKEN = '\uE001';

/** Whether CloudFormation works the value out. */
export function isIntrinsic(value: any): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

/** CloudFormation and Helm take texts for booleans. */
export function isTrue(value: any): boolean {
  return String(value) === 'true';
}

/** Whether it says no: what is missing says nothing. */
export function isFalse(value: any): boolean {
  return String(value) === 'false';
}

/** The value where it is known at synth; undefined where it is missing, or where only the deployment knows it: dynamic references, too. */
export function known<T = any>(value: T): T | undefined {
  return value === null || isIntrinsic(value) || (typeof value === 'string' && (value.includes(TOKEN) || value.includes('{{resolve:'))) ? undefined : value;
}

/** Whether there is a value that only the deployment knows. */
export function isUnknown(value: any): boolean {
  return value !== undefined && value !== null && known(value) === undefined;
}

/** The same of what has to be a text. */
export function knownText(value: any): string | undefined {
  return typeof value === 'string' ? known(value) : undefined;
}

/** The items of a list that are known at synth. */
export function knownItems<T = any>(list: T[] | undefined): T[] {
  return Array.isArray(list) ? list.filter(item => known(item) !== undefined) : [];
}

/** A list in any case: policies have one thing or several. */
export function listOf<T = any>(value: T | T[] | undefined): T[] {
  return ([value].flat() as T[]).filter(item => item !== undefined && item !== null);
}

/**
 * The text of a string or of joined ones, with {@link TOKEN} for each part that only the deployment knows; undefined where nothing of it is known.
 */
export function textOf(value: any): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  const join = value?.['Fn::Join'];
  if (Array.isArray(join) && Array.isArray(join[1])) {
    return join[1].map(part => typeof part === 'string' ? part : TOKEN).join(join[0]);
  }
  const sub = value?.['Fn::Sub'];
  const text = Array.isArray(sub) ? sub[0] : sub;
  return typeof text === 'string' ? text.replace(/\$\{[^!}][^}]*\}/g, TOKEN).replace(/\$\{!([^}]*)\}/g, '${$1}') : undefined;
}

/**
 * JSON of which some parts are known at the deployment only: {@link TOKEN} stands for them. Undefined where that cannot be read.
 */
export function parseParts(parts: any[]): any {
  let text = '';
  let inString = false;
  parts.forEach((part, i) => {
    if (i > 0) {
      // In a string it is a part of it; elsewhere it is a number, a list or an object.
      text += inString ? TOKEN : `"${TOKEN}"`;
    }
    text += part;
    inString = inString !== (String(part).replace(/\\./g, '').split('"').length % 2 === 0);
  });
  try {
    return JSON.parse(text, withoutNull);
  } catch {
    return undefined;
  }
}

/** To Kubernetes null is what is not given. */
function withoutNull(_key: string, value: any): any {
  return value === null ? undefined : Array.isArray(value) ? value.filter(() => true) : value;
}

/** The same for a property of CloudFormation that is JSON: a string, or strings joined with references. */
export function parseJson(value: any): any {
  if (typeof value === 'string') {
    return parseParts([value]);
  }
  const join = value?.['Fn::Join'];
  if (!Array.isArray(join) || join[0] !== '' || !Array.isArray(join[1])) {
    return undefined;
  }
  const parts = [''];
  for (const item of join[1]) {
    if (typeof item === 'string') {
      parts[parts.length - 1] += item;
    } else {
      parts.push('');
    }
  }
  return parseParts(parts);
}
