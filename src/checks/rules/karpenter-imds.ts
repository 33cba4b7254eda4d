import { Check } from '../check';
import { inObjects } from '../find';
import { isUnknown } from '../values';

export const KARPENTER_IMDS: Check = {
  id: 'karpenter-imds',
  title: 'Pods cannot ask for the role of a node of Karpenter',
  severity: 'warning',
  fix: 'Set metadataOptions.httpPutResponseHopLimit to 1 and httpTokens to required',
  reason: 'With a hop limit of 2 every pod reads the credentials of the node.',
  link: 'https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions',
  find: platform => inObjects(platform, ['EC2NodeClass'], ({ manifest: { spec } }) => {
    const { httpPutResponseHopLimit: hops = 1, httpTokens: tokens = 'required' } = spec?.metadataOptions ?? {};
    return (hops > 1 || (tokens !== 'required' && !isUnknown(tokens))) && ['spec.metadataOptions', hops > 1 ? `httpPutResponseHopLimit is ${hops}` : `httpTokens is ${tokens}`];
  }),
};
