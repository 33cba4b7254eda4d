import { parseJson } from './content';
import { SecretValue } from './events';
import { loadSdk, SDK_OPTIONS } from './sdk';

/** A JSON object of values with secrets in it, and these secrets. */
export interface WithSecrets {
  readonly values: string;
  readonly secrets: string[];
}

/** Puts secrets where they belong among the values: `path` is a chain of keys, with `\.` for a dot in one. They exist in memory only. */
export async function withSecrets(values: string | undefined, references: Record<string, SecretValue>): Promise<WithSecrets> {
  const result = parseJson(values || '{}', 'the values of the release') as Record<string, unknown>;
  const secrets: string[] = [];
  for (const [path, reference] of Object.entries(references)) {
    const secret = await read(reference, path);
    secrets.push(secret);
    put(result, path.split(/(?<!\\)\./).map(key => key.replace(/\\\./g, '.')), secret, path);
  }
  return { values: JSON.stringify(result), secrets };
}

function put(values: Record<string, unknown>, [key, ...rest]: string[], secret: string, path: string): void {
  if (rest.length === 0) {
    values[key] = secret;
    return;
  }
  const inner = Object.hasOwn(values, key) ? values[key] ?? {} : {};
  if (typeof inner !== 'object' || Array.isArray(inner)) {
    throw new Error(`the secret value "${path}" has no place: "${key}" is not an object among the values`);
  }
  values[key] = inner;
  put(inner as Record<string, unknown>, rest, secret, path);
}

async function read({ Secret, Field }: SecretValue, path: string): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } = loadSdk('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({ ...SDK_OPTIONS, region: Secret.split(':')[3] });
  let text: string | undefined;
  try {
    text = (await client.send(new GetSecretValueCommand({ SecretId: Secret }))).SecretString;
  } catch (error) {
    throw new Error(`secret ${Secret} (value "${path}") cannot be read: ${(error as Error).name}: ${(error as Error).message}`);
  } finally {
    client.destroy();
  }
  if (text === undefined) {
    throw new Error(`secret ${Secret} (value "${path}") holds no text`);
  }
  if (!Field) {
    return text;
  }
  const value = (parseJson(text, `secret ${Secret} (value "${path}")`) as Record<string, unknown> | null)?.[Field];
  if (value === undefined || typeof value === 'object') {
    throw new Error(`secret ${Secret} (value "${path}") has no text in its field "${Field}"`);
  }
  return String(value);
}
