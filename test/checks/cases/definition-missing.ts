import { Bad, cluster, deliver, Good, release, resource } from '../fixtures';

const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'web', namespace: 'shop' }, spec: {} };
const pool = { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'general' }, spec: { limits: { cpu: 1 } } };

export const good: Good = {
  'its chart': stack => [cluster(stack), deliver(stack, [certificate]), release(stack, 'cert-manager')],
  'a chart from a registry': stack => [cluster(stack), deliver(stack, [pool]), release(stack, 'oci://registry.example.com/charts/karpenter'.split('/').at(-1)!, {}, 'platform', { Chart: 'oci://registry.example.com/charts/karpenter' })],
  'a packaged chart': stack => [
    cluster(stack), deliver(stack, [certificate]), release(stack, 'cert-manager', {}, 'platform', { Chart: 'https://charts.example.com/cert-manager-v1.19.1.tgz' }),
  ],
  'a managed add-on': stack => [
    cluster(stack),
    deliver(stack, [{ apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name: 'ebs' } }]),
    resource(stack, 'snapshot-controller', 'AWS::EKS::Addon', { ClusterName: 'platform', AddonName: 'snapshot-controller' }),
  ],
  'its definition': stack => [cluster(stack), deliver(stack, [certificate, {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'certificates.cert-manager.io' }, spec: { group: 'cert-manager.io' },
  }])],
  'pools on Auto Mode': stack => [cluster(stack, { ComputeConfig: { Enabled: true } }), deliver(stack, [pool])],
  'Argo CD, which may bring it': stack => [cluster(stack), deliver(stack, [certificate]), release(stack, 'argo-cd')],
  'a chart from a folder, which may bring it': stack => [cluster(stack), deliver(stack, [certificate]), release(stack, 'mine', {}, 'platform', { Chart: undefined })],
  'a cluster of somebody else': stack => deliver(stack, [certificate], 'elsewhere'),
  'a kind of the user\'s own': stack => [cluster(stack), deliver(stack, [{ apiVersion: 'shop.example.com/v1', kind: 'Order', metadata: { name: 'one' } }])],
};

export const bad: Bad = {
  'nothing': [stack => [cluster(stack), deliver(stack, [certificate])], 'nothing that the app installs defines cert-manager.io/v1: cert-manager does'],
  'another chart': [stack => [cluster(stack), deliver(stack, [pool]), release(stack, 'cert-manager')], 'nothing that the app installs defines karpenter.sh/v1: karpenter does'],
  'its chart in another cluster': [stack => [cluster(stack), deliver(stack, [certificate]), release(stack, 'cert-manager', {}, 'elsewhere')], 'cert-manager does'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['apiVersion'];
