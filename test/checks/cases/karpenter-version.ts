import { Bad, cluster, Good, release } from '../fixtures';

export const good: Good = {
  'one that knows it': stack => [cluster(stack, { Version: '1.36' }), release(stack, 'karpenter', {}, 'platform', { Version: '1.13.0' })],
  'a newer one': stack => [cluster(stack, { Version: '1.30' }), release(stack, 'karpenter', {}, 'platform', { Version: 'v1.14.1' })],
  'a cluster of somebody else': stack => release(stack, 'karpenter', {}, 'elsewhere', { Version: '0.1.0' }),
  'a Kubernetes that the table does not have': stack => [cluster(stack, { Version: '1.99' }), release(stack, 'karpenter', {}, 'platform', { Version: '1.13.0' })],
  'another chart': stack => [cluster(stack), release(stack, 'web', {}, 'platform', { Version: '0.1.0' })],
};

export const bad: Bad = {
  'an older one': [stack => [cluster(stack, { Version: '1.36' }), release(stack, 'karpenter', {}, 'platform', { Version: '1.12.9' })], 'it is 1.12.9, Kubernetes 1.36 needs 1.13 or newer'],
  'one before version 1': [stack => [cluster(stack, { Version: '1.33' }), release(stack, 'karpenter', {}, 'platform', { Chart: 'oci://public.ecr.aws/karpenter/karpenter', Version: 'v0.37.0' })], 'needs 1.5 or newer'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['Version'];
