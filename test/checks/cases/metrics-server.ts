import { Bad, cluster, deliver, Good, release, resource } from '../fixtures';

const autoscaler = (metrics?: any[]) => ({
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web', namespace: 'shop' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 9, metrics },
});
const cpu = [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '1' } } }];

export const good: Good = {
  'the add-on': stack => [cluster(stack), deliver(stack, [autoscaler(cpu)]), resource(stack, 'Metrics', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'metrics-server' })],
  'the chart': stack => [cluster(stack), deliver(stack, [autoscaler(cpu)]), release(stack, 'metrics-server')],
  'its objects': stack => [cluster(stack), deliver(stack, [autoscaler(cpu), { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'v1beta1.metrics.k8s.io' }, spec: { group: 'metrics.k8s.io' } }])],
  'Auto Mode': stack => [cluster(stack, { ComputeConfig: { Enabled: true } }), deliver(stack, [autoscaler(cpu)])],
  'a metric of something else': stack => [cluster(stack), deliver(stack, [autoscaler([{ type: 'External', external: { metric: { name: 'queue' } } }])])],
  'a cluster of somebody else': stack => deliver(stack, [autoscaler(cpu)], 'elsewhere'),
};

export const bad: Bad = {
  'nothing': [stack => [cluster(stack), deliver(stack, [autoscaler(cpu)])], 'cluster Stack/Cluster has no metrics-server'],
  'of one container': [stack => [cluster(stack), deliver(stack, [autoscaler([{ type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web' } }])])], 'has no metrics-server'],
  'by default, which is CPU': [stack => [cluster(stack), deliver(stack, [autoscaler()])], 'has no metrics-server'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['spec.metrics'];
