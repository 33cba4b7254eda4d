import { Token } from 'aws-cdk-lib';

/** What a list has at synth: nothing, where the whole list is known only at the deployment. */
export function knownItems<T>(list: T[] = []): T[] {
  return Token.isUnresolved(list) ? [] : list;
}
