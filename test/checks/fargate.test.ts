import { platformOf } from './fixtures';
import { fargateProfileOf } from '../../src/checks/fargate';

const IN_SHOP = { Namespace: 'shop' };

/** Whether a Fargate profile with these selectors takes a pod. */
function takes(Selectors: any, { kind = 'Deployment', labels = {}, profileOf = 'platform', podOf = 'platform' }: { [key: string]: any } = {}): boolean {
  const object = {
    apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace: 'shop' }, spec: { template: { metadata: { labels }, spec: { containers: [] } } },
  };
  const platform = platformOf({
    Resources: {
      Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'platform' } },
      Other: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } },
      Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: profileOf, Selectors } },
      Web: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: podOf, Manifest: JSON.stringify([object]) } },
    },
  });
  const profile = fargateProfileOf(platform, platform.pods[0]);
  expect([undefined, platform.ofType('AWS::EKS::FargateProfile')[0]]).toContain(profile);
  return profile !== undefined;
}

test.each<[string, any, boolean]>([
  ['of its namespace', [IN_SHOP], true],
  ['of another namespace', [{ Namespace: 'web' }], false],
  ['of another namespace and its own', [{ Namespace: 'web' }, IN_SHOP], true],
  ['of namespaces that begin like its own', [{ Namespace: 'sh*' }], true],
  ['of namespaces with one letter more', [{ Namespace: 'sho?' }], true],
  ['of namespaces with two letters more', [{ Namespace: 'shop?' }], false],
  ['of a namespace that its own only contains', [{ Namespace: 'ho' }], false],
  ['of a namespace that only the deployment knows', [{ Namespace: { Ref: 'Namespace' } }], false],
  ['of one of its labels', [{ ...IN_SHOP, Labels: [{ Key: 'app', Value: 'web' }] }], true],
  ['of one of its labels and another', [{ ...IN_SHOP, Labels: [{ Key: 'app', Value: 'web' }, { Key: 'tier', Value: '*' }] }], false],
  ['of a label with another value', [{ ...IN_SHOP, Labels: [{ Key: 'app', Value: 'api' }] }], false],
  ['of a label whose value only looks alike', [{ ...IN_SHOP, Labels: [{ Key: 'version', Value: '1.2' }] }], false],
  ['of a label with this value', [{ ...IN_SHOP, Labels: [{ Key: 'range', Value: '(1.2)' }] }], true],
  ['of no selectors', undefined, false],
])('a profile %s', (_, selectors, taken) => {
  expect(takes(selectors, { labels: { app: 'web', version: '1x2', range: '(1.2)' } })).toBe(taken);
});

test('a DaemonSet has no pods on Fargate', () => {
  expect(takes([IN_SHOP], { kind: 'StatefulSet' })).toBe(true);
  expect(takes([IN_SHOP], { kind: 'DaemonSet' })).toBe(false);
});

test.each<[string, any, any, boolean]>([
  ['by name and by reference', 'platform', { Ref: 'Cluster' }, true],
  ['in another cluster of the app', 'platform', { Ref: 'Other' }, false],
  ['in a cluster that the app does not make', { 'Fn::ImportValue': 'name' }, { 'Fn::ImportValue': 'name' }, true],
  ['in two clusters that the app does not make', { 'Fn::ImportValue': 'name' }, { 'Fn::ImportValue': 'other' }, false],
  ['where the app makes only that of the pod', { 'Fn::ImportValue': 'name' }, { Ref: 'Cluster' }, false],
])('a profile and a pod %s', (_, profileOf, podOf, taken) => {
  expect(takes([IN_SHOP], { profileOf, podOf })).toBe(taken);
});
