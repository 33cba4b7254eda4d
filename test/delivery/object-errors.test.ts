import { Token } from 'aws-cdk-lib';
import { objectErrors } from '../../src/delivery/object-errors';

const object = (apiVersion: string, kind: string, metadata: any, more: any = {}) => ({ apiVersion, kind, metadata, ...more });

test.each([
  ['a role with a colon and capitals', object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: 'system:Team' })],
  ['a definition with dots', object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name: 'notes.example.com' })],
  ['a name that only the deployment knows', object('v1', 'ConfigMap', { name: Token.asString({ Ref: 'Name' }), labels: { stack: Token.asString({ Ref: 'Stack' }) } })],
  ['labels without values, and long annotations', object('v1', 'ConfigMap', { name: 'a', labels: { 'example.com/x': '' }, annotations: { note: 'x'.repeat(100_000) } })],
  ['the largest text in a ConfigMap', object('v1', 'ConfigMap', { name: 'a' }, { data: { text: 'x'.repeat(1_000_000) } })],
  ['an API that the version still has', object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', { name: 'a' })],
  ['an older API of a project, which an older release of it serves', object('karpenter.sh/v1beta1', 'NodePool', { name: 'a' })],
])('%s is let through', (_, given) => {
  expect(objectErrors([given], '1.31')).toEqual([]);
});

test('a cluster whose version is not known has at least the oldest one that EKS offers', () => {
  expect(objectErrors([object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', { name: 'a' })])).toEqual([]);
  expect(objectErrors([object('policy/v1beta1', 'PodDisruptionBudget', { name: 'a' })])).toHaveLength(1);
});

test('each mistake of an object is told', () => {
  expect(objectErrors([object('v1', 'ConfigMap', { name: 'A', namespace: 'B', labels: { 'c d': 'e f' }, annotations: { g: 1 } })])).toEqual([
    expect.stringContaining('"metadata.name" of ConfigMap "B/A" is "A"'),
    expect.stringContaining('"metadata.namespace" of ConfigMap "B/A" is "B"'),
    expect.stringContaining('"metadata.labels" of ConfigMap "B/A" is "c d"'),
    expect.stringContaining('"metadata.labels.c d" of ConfigMap "B/A" is "e f"'),
    '"metadata.annotations.g" of ConfigMap "B/A" is 1: give text, such as "1"',
  ]);
});
