import { Check } from '../check';
import { inContainers } from '../find';

export const POD_MEMORY: Check = {
  id: 'pod-memory',
  title: 'Every container asks for memory and is bounded in it',
  severity: 'warning',
  fix: 'Set resources.requests.memory and resources.limits.memory to the same',
  reason: 'Without a request the scheduler packs pods until a node runs out; without a limit one pod takes its neighbours down.',
  link: 'https://docs.aws.amazon.com/eks/latest/best-practices/cost-opt-compute.html',
  find: platform => inContainers(platform, ({ name, spec, isInit }, pod) => {
    const { requests = {}, limits = {} } = spec.resources ?? {};
    // A limit is a request too; resources of a whole pod are for all of its containers.
    const missing = ['limits', ...limits.memory === undefined && requests.memory === undefined ? ['requests'] : []]
      .find(field => (field === 'limits' ? limits.memory : requests.memory) === undefined && pod.spec.resources?.[field]?.memory === undefined);
    return !isInit && missing !== undefined && [`resources.${missing}.memory`, `container "${name}" has no ${missing}.memory`];
  }),
};
