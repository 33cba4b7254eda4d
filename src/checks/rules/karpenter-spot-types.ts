import { Check } from '../check';
import { inObjects } from '../find';
import { listOf } from '../values';

export const KARPENTER_SPOT_TYPES: Check = {
  id: 'karpenter-spot-types',
  title: 'Spot nodes have many types to choose from',
  severity: 'warning',
  fix: 'Let requirements take more categories, sizes and generations',
  reason: 'Karpenter replaces a Spot node with another only if there are at least 15 types that are cheaper; with few types every interruption hurts.',
  link: 'https://karpenter.sh/docs/concepts/disruption/#consolidation',
  find: platform => inObjects(platform, ['NodePool'], ({ manifest: { apiVersion, spec } }) => {
    const requirements = listOf<any>(spec?.template?.spec?.requirements);
    const isSpot = requirements.some(({ key, values }: any) => key === 'karpenter.sh/capacity-type' && listOf(values).includes('spot'));
    const types = requirements.find(({ key, operator }: any) => key === 'node.kubernetes.io/instance-type' && operator === 'In')?.values;
    return /^karpenter\.sh\//.test(apiVersion) && isSpot && types?.length < 15 && ['spec.template.spec.requirements', `Spot nodes may be of ${types.length} instance types only`];
  }),
};
