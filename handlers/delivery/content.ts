import { Content } from './events';
import { readObject } from './s3';

/** The whole text, with its deploy-time values in their places. */
export async function textOf(content: Content, read: typeof readObject = readObject): Promise<string> {
  if (content.Parts) {
    return join(content.Parts, content.Values ?? []);
  }
  if (!content.Bucket || !content.Key) {
    throw new Error('"Content" has neither "Parts" nor "Bucket" and "Key"');
  }
  return join(parseJson((await read(content.Bucket, content.Key)).toString('utf8'), `s3://${content.Bucket}/${content.Key}`) as string[], content.Values ?? []);
}

/** `Parts[0] + Values[0] + Parts[1] + ...`; a value is escaped where it falls inside a JSON string. */
export function join(parts: unknown, values: readonly unknown[]): string {
  if (!Array.isArray(parts) || parts.some(part => typeof part !== 'string')) {
    throw new Error('the parts of the content are not an array of strings');
  }
  if (parts.length !== values.length + 1) {
    throw new Error(`the content has ${parts.length} parts and ${values.length} values: there must be one part more than values`);
  }
  const texts: string[] = [];
  let inString = false;
  parts.forEach((part: string, i) => {
    texts.push(part);
    inString = endsInString(part, inString);
    if (i < values.length) {
      const value = typeof values[i] === 'string' ? values[i] as string : JSON.stringify(values[i] ?? '');
      texts.push(inString ? JSON.stringify(value).slice(1, -1) : value);
    }
  });
  return texts.join('');
}

function endsInString(text: string, inString: boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && inString) {
      i++;
    } else if (text[i] === '"') {
      inString = !inString;
    }
  }
  return inString;
}

/** Parses without repeating the text in the error, as `JSON.parse` would: it may hold a secret. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    throw new Error(`${what} is not valid JSON${position ? ` (at character ${position} of ${text.length})` : ''}`);
  }
}
