import { Token } from 'aws-cdk-lib';

/** Refuses tags that AWS refuses. */
export function checkTags(tags: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(tags);
  if (entries.length > 50) {
    throw new Error(`"tags" has ${entries.length} tags: give at most 50`);
  }
  for (const [key, value] of entries) {
    if (!Token.isUnresolved(key) && (key.toLowerCase().startsWith('aws:') || key.length < 1 || key.length > 128)) {
      throw new Error(`"tags" has "${key}": give keys of 1 to 128 characters that do not begin with "aws:"`);
    }
    if (typeof value !== 'string') {
      throw new Error(`"tags.${key}" is ${value}: give text, or leave it out`);
    }
    if (!Token.isUnresolved(value) && value.length > 256) {
      throw new Error(`"tags.${key}" has ${value.length} characters: give at most 256`);
    }
  }
  return tags;
}
