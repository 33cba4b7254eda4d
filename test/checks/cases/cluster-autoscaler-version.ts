import { Bad, cluster, Good, release } from '../fixtures';

const REGISTRY = { Chart: 'oci://registry.example.com/charts/cluster-autoscaler' };

export const good: Good = {
  'the same': stack => [cluster(stack, { Version: '1.36' }), release(stack, 'cluster-autoscaler', { image: { tag: 'v1.36.1' } })],
  'the same, from a registry': stack => [
    cluster(stack, { Version: '1.36' }), release(stack, 'cluster-autoscaler', { image: { tag: 'v1.36.1' } }, 'platform', REGISTRY),
  ],
  'that of the chart': stack => [cluster(stack), release(stack, 'cluster-autoscaler')],
  'a cluster of somebody else': stack => release(stack, 'cluster-autoscaler', { image: { tag: 'v1.20.0' } }, 'elsewhere'),
  'another chart': stack => [cluster(stack), release(stack, 'web', { image: { tag: 'v1.20.0' } })],
};

export const bad: Bad = {
  'another': [stack => [cluster(stack, { Version: '1.36' }), release(stack, 'cluster-autoscaler', { image: { tag: 'v1.34.0' } })], 'image.tag is v1.34.0, the cluster is of Kubernetes 1.36'],
  'a chart from a registry': [
    stack => [cluster(stack, { Version: '1.36' }), release(stack, 'cluster-autoscaler', { image: { tag: 'v1.34.0' } }, 'platform', REGISTRY)], 'image.tag is v1.34.0',
  ],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['values.image.tag'];
