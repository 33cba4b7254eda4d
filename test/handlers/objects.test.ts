import { claimant, claimOf, isClaimedBy, wasRetainedBy } from '../../handlers/delivery/claim';
import { CloudFormationEvent } from '../../handlers/delivery/events';
import { describe, flatten, groupOf, idOf, isSecret, keyOf, KubeObject, versionOf } from '../../handlers/delivery/objects';
import { inStages, stageOf } from '../../handlers/delivery/order';
import { Owner } from '../../handlers/delivery/owner';

const event = (stackId: string, logicalId = 'Chart') => ({ StackId: stackId, LogicalResourceId: logicalId }) as CloudFormationEvent;
const arn = 'arn:aws-cn:cloudformation:cn-north-1:123456789012:stack/shop';
const owner = Owner.of(event(`${arn}/uuid-1`), 'prod');

function object(kind: string, name: string, annotations: Record<string, string> = {}, apiVersion = 'v1'): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace: 'shop', annotations } };
}

test('an owner is a stack by its name, not by its id: a stack made again is the same owner', () => {
  const again = Owner.of(event(`${arn}/uuid-2`), 'prod');
  expect([again.toString(), again.hash, again.physicalId]).toEqual([owner.toString(), owner.hash, owner.physicalId]);
  expect(owner.toString()).toBe('prod:123456789012/cn-north-1/shop:Chart');
  expect(owner.describe()).toBe('"Chart" of stack shop (account 123456789012, cn-north-1, cluster prod)');
  expect(new Set([owner.hash, Owner.of(event(`${arn}/u`, 'Other'), 'prod').hash, Owner.of(event(`${arn}/u`), 'dev').hash]).size).toBe(3);
});

test('a claim covers the very object it names, a copy of it covers nothing', () => {
  const claim = claimOf(owner, idOf(object('Service', 'web')));
  expect(claim).toBe('prod:123456789012/cn-north-1/shop:Chart:core/Service/shop/web');
  expect(isClaimedBy(object('Service', 'web', { 'eks-slipway/claim': claim }), owner)).toBe(true);
  expect(claimant(object('Endpoints', 'web', { 'eks-slipway/claim': claim }))).toBeUndefined();
  expect(claimant(object('Service', 'web'))).toBeUndefined();
});

test('names with colons, as RBAC has them, do not confuse a claim', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:shop:reader', annotations: {} as Record<string, string> } };
  role.metadata.annotations['eks-slipway/claim'] = claimOf(owner, idOf(role));
  expect(isClaimedBy(role, owner)).toBe(true);
});

test('what was retained may be taken up by the stack that retained it only', () => {
  const kept = object('ConfigMap', 'a', { 'eks-slipway/retained': claimOf(owner, idOf(object('ConfigMap', 'a'))) });
  expect(wasRetainedBy(kept, owner)).toBe(true);
  expect(wasRetainedBy(kept, Owner.of(event(`${arn}/u`, 'Other'), 'prod'))).toBe(true);
  expect(wasRetainedBy(kept, Owner.of(event(`${arn}-two/u`), 'prod'))).toBe(false);
});

test('lists are flattened to any depth, and what cannot be delivered is refused by its place', () => {
  const list = (...items: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
  expect(flatten([list(list(object('A', 'a')), object('B', 'b')), object('C', 'c')]).map(o => o.kind)).toEqual(['A', 'B', 'C']);
  expect(() => flatten({})).toThrow('not a JSON array');
  expect(() => flatten([null])).toThrow('object 0 of the manifest is not an object');
  expect(() => flatten([object('A', 'a'), { kind: 'B' }])).toThrow('object 1 of the manifest has no "apiVersion"');
  expect(() => flatten([list({ apiVersion: 'v1', kind: 'Job', metadata: { generateName: 'j-' } })])).toThrow('"generateName" makes a new object at every delivery');
  expect(() => flatten([{ apiVersion: 'v1', kind: 'Job' }])).toThrow('it has no "metadata.name"');
});

test('stages go from namespaces over definitions, settings, workloads and webhooks to custom resources', () => {
  const kinds: [group: string, kind: string][] = [
    ['', 'Namespace'], ['apiextensions.k8s.io', 'CustomResourceDefinition'], ['', 'ServiceAccount'], ['rbac.authorization.k8s.io', 'RoleBinding'], ['', 'Service'],
    ['apps', 'Deployment'], ['networking.k8s.io', 'Ingress'], ['apiregistration.k8s.io', 'APIService'], ['admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'],
    ['karpenter.sh', 'NodePool'],
  ];
  const stages = kinds.map(([group, kind]) => stageOf({ group, kind }));
  expect(stages).toEqual([...stages].sort((a, b) => a - b));
  expect(new Set(stages).size).toBe(kinds.length);
});

test('a custom resource that bears the name of a built-in kind is still a custom resource', () => {
  expect(stageOf({ group: 'serving.knative.dev', kind: 'Service' })).toBe(stageOf({ group: 'karpenter.sh', kind: 'NodePool' }));
});

test('within a stage the given order stays', () => {
  const items = ['z', 'a', 'm'].map(name => ({ group: 'example.com', kind: 'Thing', name }));
  expect(inStages([...items, { group: '', kind: 'Namespace', name: 'n' }], i => i).map(s => s.items.map(i => i.name))).toEqual([['n'], ['z', 'a', 'm']]);
});

test('what somebody claims was not retained, and a claim is its owner\'s alone', () => {
  const id = idOf(object('ConfigMap', 'a'));
  const other = owner.siblingCalled('Other');
  const kept = object('ConfigMap', 'a', { 'eks-slipway/retained': claimOf(owner, id), 'eks-slipway/claim': claimOf(other, id) });
  expect([wasRetainedBy(kept, owner), isClaimedBy(kept, owner), isClaimedBy(kept, other)]).toEqual([false, false, true]);
  expect(wasRetainedBy(object('ConfigMap', 'a'), owner)).toBe(false);
});

test('an object without annotations is nobody\'s', () => {
  const bare = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  expect([claimant(bare), isClaimedBy(bare, owner), wasRetainedBy(bare, owner)]).toEqual([undefined, false, false]);
});

test('a sibling is another resource of the same stack in the same cluster', () => {
  expect(owner.siblingIn(owner.siblingCalled('Other').toString())?.toString()).toBe('prod:123456789012/cn-north-1/shop:Other');
  const strangers = [owner, new Owner('dev', owner.stack, 'Other'), new Owner('prod', '123456789012/cn-north-1/other', 'Other'), new Owner('dev', 'x/y/z', 'Other')];
  expect(strangers.map(stranger => owner.siblingIn(stranger.toString()))).toEqual(strangers.map(() => undefined));
});

test('each owner applies as a field manager of its own', () => {
  expect(owner.fieldManager).toBe(`eks-slipway/${owner.hash}`);
  expect(owner.hash).toMatch(/^[0-9a-f]{16}$/);
});

test('one object is the same in all versions of its group; people read its kind, namespace and name', () => {
  const ingress = (version: string) => idOf(object('Ingress', 'web', {}, `networking.k8s.io/${version}`));
  expect(keyOf(ingress('v1beta1'))).toBe(keyOf(ingress('v1')));
  expect([groupOf('networking.k8s.io/v1'), versionOf('networking.k8s.io/v1'), groupOf('v1'), versionOf('v1')]).toEqual(['networking.k8s.io', 'v1', '', 'v1']);
  expect(keyOf(idOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }))).toBe('core/Namespace//shop');
  expect([describe(ingress('v1')), describe(idOf({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }))]).toEqual(['Ingress shop/web', 'Namespace shop']);
});

test('a Secret of Kubernetes is one, what bears its name elsewhere is not', () => {
  expect([['', 'Secret'], ['', 'ConfigMap'], ['example.com', 'Secret'], ['example.com', 'Other']].map(([group, kind]) => isSecret({ group, kind })))
    .toEqual([true, false, false, false]);
});

test('a list is what ends so and has items; anything else that has either is an object', () => {
  const kinds = (...values: unknown[]) => flatten(values).map(({ kind }) => kind);
  expect(kinds({ ...object('IPList', 'a'), spec: {} }, { ...object('Basket', 'b'), items: [1] }, { apiVersion: 'v1', kind: 'ConfigMapList', items: [object('ConfigMap', 'c')] }))
    .toEqual(['IPList', 'Basket', 'ConfigMap']);
});

test('what cannot be delivered is found by its place in lists of lists', () => {
  const list = (...items: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
  expect(() => flatten([object('A', 'a'), list(object('B', 'b'), list('text'))])).toThrow('item 0 of the List that is item 1 of the List that is object 1 of the manifest is not an object');
  expect(() => flatten(['text'])).toThrow('object 0 of the manifest is not an object');
  expect(() => flatten([{ apiVersion: 'v1', kind: 1 }])).toThrow('no "apiVersion" or no "kind"');
  expect(() => flatten([object('A', '')])).toThrow('A (object 0 of the manifest) cannot be delivered, it has no "metadata.name"');
});
