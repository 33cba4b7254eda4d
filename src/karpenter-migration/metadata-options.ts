import { Notes } from './migration-note';

/** How the instance metadata could be reached where nobody said: v1 lets an answer go one hop where it went two before. */
const METADATA_OPTIONS = { httpEndpoint: 'enabled', httpProtocolIPv6: 'disabled', httpPutResponseHopLimit: 2, httpTokens: 'required' };

/** @param missing what held for a field that was not given, where others were */
function metadataOptions(given: any, missing: any, notes: Notes): any {
  const isLeftToKarpenter = given === undefined || missing === METADATA_OPTIONS;
  if (isLeftToKarpenter && given?.httpPutResponseHopLimit === undefined) {
    notes.changed('spec.metadataOptions.httpPutResponseHopLimit', 'the default of before, 2, is written out: that of v1 is 1, with which pods cannot reach the instance metadata '
      + '(give 1 once none of them needs it)');
  }
  return { ...given === undefined ? METADATA_OPTIONS : missing, ...given };
}

/** With v1beta1 the API server filled in every field. */
export function metadataOptionsOfV1beta1(given: any, notes: Notes): any {
  return metadataOptions(given, METADATA_OPTIONS, notes);
}

/** With v1alpha1 a field that was missing beside others was left to EC2. */
export function metadataOptionsOfV1alpha1(given: any, notes: Notes): any {
  const ofEc2 = { httpEndpoint: 'enabled', httpProtocolIPv6: 'disabled', httpPutResponseHopLimit: 1, httpTokens: 'optional' };
  const missing = given === undefined ? [] : Object.keys(ofEc2).filter(key => given[key] === undefined);
  if (missing.length > 0) {
    notes.decide('spec.metadataOptions', `${missing.join(', ')} ${missing.length === 1 ? 'was' : 'were'} left to the image and the account beside what is given: `
      + 'the defaults of EC2 are written out; "httpTokens: required" is the safer one');
  }
  return metadataOptions(given, ofEc2, notes);
}
