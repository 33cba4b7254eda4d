import { Check } from '../check';
import { inObjects } from '../find';
import { known } from '../values';

export const SELECTOR_MISMATCH: Check = {
  id: 'selector-mismatch',
  title: 'A workload selects its own pods',
  severity: 'error',
  fix: 'Give the pod template every label of spec.selector.matchLabels',
  reason: 'The API server refuses it.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  find: platform => inObjects(platform, ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'], ({ manifest: { spec, apiVersion } }) => {
    const { matchLabels } = spec?.selector ?? {};
    const labels = spec?.template?.metadata?.labels ?? {};
    const other = Object.keys(matchLabels ?? {}).find(key => known(labels) !== undefined && known(matchLabels[key]) !== undefined && known(labels[key] ?? '') !== undefined && labels[key] !== matchLabels[key]);
    return apiVersion === 'apps/v1' && other !== undefined
      && ['spec.selector.matchLabels', `"${other}" is "${matchLabels[other]}" in the selector and ${labels[other] === undefined ? 'missing' : `"${labels[other]}"`} on the pods`];
  }),
};
