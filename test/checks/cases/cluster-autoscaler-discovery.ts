import { Bad, Good, release } from '../fixtures';

const REGISTRY = { Chart: 'oci://registry.example.com/charts/cluster-autoscaler' };
const autoscalingGroups = [{ name: 'one', minSize: 1, maxSize: 2 }];

export const good: Good = {
  'by tags': stack => release(stack, 'cluster-autoscaler', { autoDiscovery: { clusterName: 'platform' } }),
  'by tags, from a registry': stack => release(stack, 'cluster-autoscaler', { autoDiscovery: { clusterName: 'platform' } }, 'platform', REGISTRY),
  'another chart': stack => release(stack, 'web', { autoscalingGroups }),
};

export const bad: Bad = {
  'by name': [stack => release(stack, 'cluster-autoscaler', { autoscalingGroups }), 'autoscalingGroups names 1, and autoDiscovery.clusterName is not given'],
  'a chart from a registry': [stack => release(stack, 'cluster-autoscaler', { autoscalingGroups }, 'platform', REGISTRY), 'autoscalingGroups names 1'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['values.autoscalingGroups'];
