import { sortKeys } from '../private/sort-keys';

/** Tags as the EBS driver takes them: numbered parameters. */
export function tagSpecifications(tags: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(sortKeys(tags)).map(([key, value], i) => [`tagSpecification_${i + 1}`, `${key}=${value}`]));
}
