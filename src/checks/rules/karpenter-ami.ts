import { Check } from '../check';
import { inObjects } from '../find';
import { known, listOf } from '../values';

export const KARPENTER_AMI: Check = {
  id: 'karpenter-ami',
  title: 'Nodes change when you say so',
  severity: 'warning',
  fix: 'Pin the alias, such as al2023@v20260801, and raise it when you have tested it',
  reason: 'With latest every node is replaced within hours of a new image, in production and in staging at once.',
  link: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  find: platform => inObjects(platform, ['EC2NodeClass'], ({ manifest: { spec } }) => {
    const term = listOf<any>(spec?.amiSelectorTerms).find(({ alias }: any) => /@latest$/.test(known<string>(alias) ?? ''));
    return term && ['spec.amiSelectorTerms', `the alias is "${term.alias}"`];
  }),
};
