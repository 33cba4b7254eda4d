import { Check } from '../check';
import { inObjects } from '../find';
import { scalerOf } from '../scaler';
import { selects } from '../selector';

export const DISRUPTION_BUDGET_BLOCKS: Check = {
  id: 'disruption-budget-blocks',
  title: 'Every disruption budget lets nodes be drained',
  severity: 'warning',
  fix: 'Let at least one pod go: one budget, a maxUnavailable of 1, or more replicas than minAvailable',
  reason: 'Otherwise upgrades, consolidation and the removal of a cluster wait for ever, or until somebody forces them.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html',
  find: platform => inObjects(platform, ['PodDisruptionBudget'], object => {
    const { maxUnavailable, minAvailable, selector } = object.manifest.spec ?? {};
    if (maxUnavailable === 0 || maxUnavailable === '0%' || minAvailable === '100%') {
      return ['spec', `${maxUnavailable === undefined ? `minAvailable is ${minAvailable}` : `maxUnavailable is ${maxUnavailable}`}: no pod may ever be evicted`];
    }
    const [workload, ...others] = platform.podsBeside(object).filter(pod => ['Deployment', 'StatefulSet'].includes(pod.kind) && selects(selector?.matchLabels, pod.labels));
    const twin = workload && platform.beside(object, 'PodDisruptionBudget').find(other => other !== object && selects(other.manifest.spec?.selector?.matchLabels, workload.labels));
    if (twin) {
      return ['spec.selector', `${twin.name} selects the pods of ${workload.object.name} too: Kubernetes evicts no pod that has two budgets`];
    }
    const replicas = workload?.object.manifest.spec?.replicas ?? 1;
    const kept = /^\d+%$/.test(String(minAvailable)) ? Math.ceil(replicas * parseInt(minAvailable, 10) / 100) : minAvailable;
    return workload && others.length === 0 && typeof kept === 'number' && kept >= replicas && kept > 0 && !scalerOf(platform, workload.object)
      && ['spec.minAvailable', `minAvailable is ${minAvailable}, and ${workload.object.name} has ${replicas} replica${replicas === 1 ? '' : 's'}`];
  }),
};
