import { Token } from 'aws-cdk-lib';
import { checkTags } from '../private/tags';

/** A check of the tags that a node class gives to what it makes; some are set by Karpenter itself. */
export function checkNodeTags(tags: Record<string, string> = {}, reserved: string[]) {
  for (const key of Object.keys(tags).filter(one => !Token.isUnresolved(one))) {
    if (key === '') {
      throw new Error('"tags" has an empty key: give every tag a key');
    }
    if (reserved.includes(key) || key.startsWith('kubernetes.io/cluster')) {
      throw new Error(`"tags" has "${key}", which Karpenter sets by itself: remove it`);
    }
    if (key.startsWith('aws:')) {
      throw new Error(`"tags" has "${key}", but AWS keeps tags that begin with "aws:" to itself: remove it`);
    }
  }
  checkTags(tags);
}
