import { Token } from 'aws-cdk-lib';
import { describe as described, flatten, keyOf, objectErrors } from '../../src/delivery/object-errors';

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

test('a List is what it lists, and nothing else is', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(name => object('v1', 'ConfigMap', { name }));
  const listed = { apiVersion: 'v1', kind: 'List', items: [a, { apiVersion: 'v1', kind: 'List', items: [b] }] };
  const other = object('example.com/v1', 'Menu', { name: 'm' }, { items: [a] });
  expect(flatten([listed, c, other, { kind: 'List' }, undefined])).toEqual([a, b, c, other, { kind: 'List' }, undefined]);
});

test('an object is the same in every version of its API, and another one in another namespace', () => {
  expect(keyOf(object('apps/v1', 'Deployment', { name: 'web', namespace: 'shop' }))).toBe('apps/Deployment/shop/web');
  expect(keyOf(object('apps/v1beta1', 'Deployment', { name: 'web', namespace: 'shop' }))).toBe('apps/Deployment/shop/web');
  expect(keyOf(object('v1', 'ConfigMap', { name: 'web' }))).toBe('/ConfigMap/default/web');
  expect([object('v1', 'ConfigMap', {}), object('v1', 'ConfigMap', { name: 1 }), { kind: 'ConfigMap' }].map(keyOf)).toEqual([undefined, undefined, undefined]);
  expect([{ name: 'web' }, { name: 'web', namespace: 'shop' }].map(metadata => described({ kind: 'Pod', metadata }))).toEqual(['Pod "web"', 'Pod "shop/web"']);
});

const config = (metadata: any, more: any = {}) => object('v1', 'ConfigMap', { name: 'a', ...metadata }, more);
const token = Token.asString({ Ref: 'Name' });
const asText = (length: number) => ({ text: 'x'.repeat(length - 11) }); // as long as this in JSON

test.each<[string, any[], string[]]>([
  ['no object', [], ['"chart" is empty: add an object to it, or remove the AttachedChart']],
  ['nothing', [undefined], [
    '"apiVersion" is missing on object 1 of the chart (no apiVersion no kind): give one, every Kubernetes object has it',
    '"kind" is missing on object 1 of the chart (no apiVersion no kind): give one, every Kubernetes object has it',
    '"metadata.name" is missing on object 1 of the chart (no apiVersion no kind): give one, every delivered object has it',
  ]],
  ['an empty kind', [config({}), object('v1', '', { name: 'b' })], ['"kind" is missing on object 2 of the chart (v1 ): give one, every Kubernetes object has it']],
  ['an apiVersion that is a number', [object(1 as any, 'Note', { name: 'b' })], ['"apiVersion" is missing on object 1 of the chart (1 Note): give one, every Kubernetes object has it']],
  ['an empty name', [config({ name: '' })], ['"metadata.name" is missing on object 1 of the chart (v1 ConfigMap): give one, every delivered object has it']],
  ['a name that is a number', [config({ name: 1 })], ['"metadata.name" is missing on object 1 of the chart (v1 ConfigMap): give one, every delivered object has it']],
  ['a generated name', [config({ generateName: 'a-' })], ['"metadata.generateName" is "a-" on object 1 of the chart (v1 ConfigMap): give "metadata.name", since an object with a generated name cannot be found again']],
  ['one name twice', [config({}), config({ namespace: 'default' })], ['the chart has ConfigMap "default/a" twice: give one of them another "metadata.name"']],
  ['one name in two namespaces', [config({}), config({ namespace: 'shop' }), object('v1', 'Secret', { name: 'a' })], []],
  ['names of the deployment', [config({ name: token }), config({ name: token }), config({ namespace: token }), config({ namespace: token })], []],
  ['the name of a namespace', [object('v1', 'Namespace', { name: 'a' }), object('example.com/v1', 'Namespace', { name: 'a.b' }), object('example.com/v1', 'Service', { name: 'a.b' })], []],
  ['a Service with a dot', [object('v1', 'Service', { name: 'a.b' })], [expect.stringMatching(/^"metadata.name" of Service "a.b" is "a.b": give .* at most 63 characters$/) as any]],
  ['a Namespace with a dot', [object('v1', 'Namespace', { name: 'a.b' })], [expect.stringMatching(/^"metadata.name" of Namespace "a.b" is "a.b": give /) as any]],
  ['a label that is a number', [config({ labels: { team: 1 } })], ['"metadata.labels.team" of ConfigMap "a" is 1: give text, such as "1"']],
  ['an annotation without a proper key', [config({ annotations: { 'my note': 'x' } })], [expect.stringMatching(/^"metadata.annotations" of ConfigMap "a" is "my note": give /) as any]],
  ['an API that is gone', [object('policy/v1beta1', 'PodDisruptionBudget', { name: 'a' })],
    ['"apiVersion" of PodDisruptionBudget "a" is policy/v1beta1, which Kubernetes 1.25 removed: give policy/v1']],
])('%s in a chart', (_, objects, errors) => {
  expect(objectErrors(objects, '1.34')).toEqual(errors);
});

test('the name of a role is part of a path', () => {
  const roles = (...names: string[]) => names.flatMap(name => objectErrors([object('rbac.authorization.k8s.io/v1', 'Role', { name })]));
  expect(roles('a..', '..a', '.a', '...', 'a.b', `${token}/`)).toEqual([]);
  expect(roles('.', '..', 'a/b', '50%')).toEqual(['.', '..', 'a/b', '50%'].map(name =>
    `"metadata.name" of Role "${name}" is "${name}": give a name without "/" and "%", other than "." and ".."`));
});

const MOST = { data: 1024 * 1024, annotations: 256 * 1024, object: 1536 * 1024 };
const note = (bytes: number) => {
  const rest = Buffer.byteLength(JSON.stringify(object('example.com/v1', 'Note', { name: 'a' }, { text: '' })));
  return object('example.com/v1', 'Note', { name: 'a' }, { text: 'x'.repeat(bytes - rest) });
};
const secret = (bytes: number) => object('v1', 'Secret', { name: 'a' }, { data: asText(1000), stringData: asText(bytes - 1000) });
test.each<[string, any, any, string]>([
  ['data', config({}, { data: asText(MOST.data) }), config({}, { data: asText(MOST.data + 1) }), `"data" of ConfigMap "a" has 1048577 bytes: give at most ${MOST.data}`],
  ['binary data beside data', config({}, { data: asText(20), binaryData: asText(MOST.data - 20) }), config({}, { data: asText(21), binaryData: asText(MOST.data - 20) }), '"data" of ConfigMap "a" has 1048577'],
  ['a secret in two parts', secret(MOST.data), secret(MOST.data + 1), `"data" of Secret "a" has 1048577 bytes: give at most ${MOST.data}`],
  ['annotations', config({ annotations: asText(MOST.annotations) }), config({ annotations: asText(MOST.annotations + 1) }), `"metadata.annotations" of ConfigMap "a" has 262145 bytes: give at most ${MOST.annotations}`],
  ['an object', note(MOST.object), note(MOST.object + 1), `"object" of Note "a" has 1572865 bytes: give at most ${MOST.object}`],
  ['data of what is no ConfigMap', object('v1', 'Pod', { name: 'a' }, { data: asText(MOST.data + 1) }), object('v1', 'Pod', { name: 'a' }, { data: asText(MOST.object) }), '"object" of Pod "a" has'],
  ['data of a ConfigMap of others', object('x.io/v1', 'ConfigMap', { name: 'a' }, { data: asText(MOST.data + 1) }), object('x.io/v1', 'ConfigMap', { name: 'a' }, { data: asText(MOST.object) }), '"object" of ConfigMap "a" has'],
])('%s may be as large as Kubernetes stores it, and not a byte larger', (_, largest, larger, error) => {
  expect(objectErrors([largest])).toEqual([]);
  expect(objectErrors([larger])).toEqual([expect.stringContaining(error)]);
});
