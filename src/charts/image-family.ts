import { Token } from 'aws-cdk-lib';
import { AmiFamily } from './ami-family';
import { AmiSelectorTerm } from './selector-terms';

/** The family of the images, in lower case as aliases have it; undefined where it is not known at synth. */
export function imageFamily(props: { amiFamily?: AmiFamily; amiSelectorTerms: AmiSelectorTerm[] }): string | undefined {
  const alias = props.amiSelectorTerms[0]?.alias;
  return (props.amiFamily ?? (Token.isUnresolved(alias) ? undefined : alias?.split('@')[0]))?.toLowerCase();
}
