import { sortKeys } from '../private/sort-keys';
import { checkTags } from '../private/tags';

/** Tags as the EBS driver takes them: numbered parameters. */
export function tagSpecifications(tags: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(sortKeys(checkTags(tags))).map(([key, value], i) => [`tagSpecification_${i + 1}`, `${key}=${value}`]));
}
