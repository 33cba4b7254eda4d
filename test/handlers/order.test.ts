import { CUSTOM_STAGE, inStages, isCrd, stageOf } from '../../handlers/delivery/order';

const earlier = (first: [group: string, kind: string], then: [group: string, kind: string]) =>
  stageOf({ group: first[0], kind: first[1] }) < stageOf({ group: then[0], kind: then[1] });

test.each<[string, [string, string], [string, string]]>([
  ['classes stand before the claims that name them', ['storage.k8s.io', 'StorageClass'], ['', 'PersistentVolumeClaim']],
  ['classes of volume snapshots stand before what uses them, though their group is not quite Kubernetes\' own', ['snapshot.storage.k8s.io', 'VolumeSnapshotClass'], ['snapshot.storage.k8s.io', 'VolumeSnapshot']],
  ['quotas and network policies stand before the pods they are about', ['networking.k8s.io', 'NetworkPolicy'], ['', 'Pod']],
  ['a disruption budget stands before its Deployment', ['policy', 'PodDisruptionBudget'], ['apps', 'Deployment']],
  ['a volume stands before its claim', ['', 'PersistentVolume'], ['', 'PersistentVolumeClaim']],
  ['a role stands before its binding', ['rbac.authorization.k8s.io', 'ClusterRole'], ['rbac.authorization.k8s.io', 'ClusterRoleBinding']],
  ['a Service stands before the pods that get its address', ['', 'Service'], ['batch', 'Job']],
  ['an admission policy stands before its binding', ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'], ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding']],
  ['a definition stands before its custom resources', ['apiextensions.k8s.io', 'CustomResourceDefinition'], ['example.com', 'Thing']],
])('%s', (_title, first, then) => expect(earlier(first, then)).toBe(true));

test('a kind of Kubernetes\' own that has no stage counts as a custom resource', () => {
  expect(stageOf({ group: 'coordination.k8s.io', kind: 'Lease' })).toBe(CUSTOM_STAGE);
});

test('stages come in their order, whatever order the items are in', () => {
  const items: [string, string][] = [['example.com', 'Thing'], ['apps', 'Deployment'], ['', 'Namespace'], ['apps', 'StatefulSet']];
  expect(inStages(items, ([group, kind]) => ({ group, kind })).map(stage => stage.items.map(([, kind]) => kind)))
    .toEqual([['Namespace'], ['Deployment', 'StatefulSet'], ['Thing']]);
});

test('a definition is known by its group too', () => {
  const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: 'x' } });
  expect([
    isCrd(object('apiextensions.k8s.io/v1', 'CustomResourceDefinition')), isCrd(object('example.com/v1', 'CustomResourceDefinition')), isCrd(object('apiextensions.k8s.io/v1', 'Other')),
  ]).toEqual([true, false, false]);
});
