import { appliedBy } from '../../handlers/delivery/applied-fields';
import { KubeObject } from '../../handlers/delivery/objects';

const OURS = 'eks-slipway/ours';

function applied(fieldsV1: object, manager = OURS, more: object = {}): object {
  return { manager, operation: 'Apply', apiVersion: 'v1', fieldsV1, ...more };
}

function deployment(managedFields: object[] | undefined, more: Record<string, unknown> = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'u-1',
      resourceVersion: '7',
      labels: { ours: 'a', theirs: 'b' },
      finalizers: ['theirs/hold', 'ours/hold'],
      managedFields,
    },
    spec: { replicas: 5, paused: null, strategy: { type: 'Recreate' } },
    status: { replicas: 5 },
    ...more,
  };
}

const bare = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };

test('what others have set and the server has filled in is left out', () => {
  const object = deployment([
    applied({ 'f:metadata': { 'f:labels': { '.': {}, 'f:ours': {} } }, 'f:spec': { 'f:strategy': { 'f:type': {} } } }),
    applied({ 'f:spec': { 'f:replicas': {} } }, 'kubectl'),
  ]);
  expect(appliedBy(object, OURS)).toStrictEqual({ ...bare, metadata: { ...bare.metadata, labels: { ours: 'a' } }, spec: { strategy: { type: 'Recreate' } } });
  expect(appliedBy(object, 'kubectl')).toEqual({ ...bare, spec: { replicas: 5 } });
});

test('what the same manager has updated, or written to the status, it has not applied', () => {
  const object = deployment([
    applied({ 'f:spec': { 'f:replicas': {} } }, OURS, { operation: 'Update' }),
    applied({ 'f:status': { 'f:replicas': {} } }, OURS, { subresource: 'status' }),
  ]);
  expect(appliedBy(object, OURS)).toEqual(bare);
});

test('of an object nobody has applied only its name is left', () => {
  expect(appliedBy(deployment(undefined), OURS)).toEqual(bare);
  const { namespace, ...metadata } = deployment([]).metadata;
  expect(appliedBy({ ...deployment([]), metadata }, OURS).metadata).toStrictEqual({ name: 'web' });
});

test('a field that is gone by now does not come back, and one that is null stays so', () => {
  const object = deployment([applied({ 'f:spec': { 'f:gone': {}, 'f:paused': { 'f:deep': {} }, 'f:replicas': { 'f:deep': {} } } })]);
  expect(appliedBy(object, OURS)).toStrictEqual({ ...bare, spec: { paused: null, replicas: 5 } });
});

test('a Secret keeps all its data, because the server does not know who has set it as text', () => {
  const secret: KubeObject = {
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop', managedFields: [applied({ 'f:type': {} })] }, type: 'Opaque', data: { a: 'eA==' },
  };
  expect(appliedBy(secret, OURS)).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' }, type: 'Opaque', data: { a: 'eA==' } });
  expect(appliedBy({ ...secret, kind: 'ConfigMap' }, OURS)).not.toHaveProperty('data');
});

describe('of a list', () => {
  const containers = [{ name: 'injected', image: 'i' }, null, { name: 'web', port: 1, image: 'w', tty: true }, { name: 'web', port: 2, image: 'x' }];
  const listed = (fields: object, list: unknown) => appliedBy(deployment([applied({ 'f:spec': { 'f:list': fields } })], { spec: { list } }), OURS).spec.list;

  test('only the items of the manager are taken, by their keys, with the fields that it has set', () => {
    expect(listed({ '.': {}, 'k:{"name":"web","port":2}': { '.': {}, 'f:image': {} } }, containers)).toEqual([{ name: 'web', port: 2, image: 'x' }]);
    expect(listed({ 'k:{"name":"web","port":1}': { 'f:image': {} } }, containers)).toEqual([{ name: 'web', port: 1, image: 'w' }]);
  });

  test('a key stays even if the server alone knows it', () => {
    expect(listed({ 'k:{"name":"web","port":1}': { 'f:tty': {} } }, containers)).toEqual([{ name: 'web', port: 1, tty: true }]);
  });

  test('values are taken that the manager has added, whatever they are', () => {
    expect(listed({ 'v:"b"': {}, 'v:{"a":[1]}': {} }, ['a', { a: [1] }, { a: [2] }, 'b'])).toEqual([{ a: [1] }, 'b']);
  });

  test('items are taken by their place', () => {
    expect(listed({ 'i:2': {}, 'i:0': {} }, ['a', 'b', { c: 1, d: 2 }])).toEqual(['a', { c: 1, d: 2 }]);
  });

  test('the order is that of the object, not of the names of fields', () => {
    expect(listed({ 'k:{"name":"a"}': { '.': {} }, 'k:{"name":"b"}': { '.': {} } }, [{ name: 'b' }, { name: 'a' }])).toEqual([{ name: 'b' }, { name: 'a' }]);
  });

  test('what somebody has removed since stays away', () => {
    expect(listed({ 'k:{"name":"gone"}': { '.': {} }, 'v:"gone"': {}, 'i:9': {} }, containers)).toEqual([]);
  });

  test('a list that counts as one value is taken as it is', () => {
    expect(listed({}, containers)).toEqual(containers);
  });
});

test('finalizers of others are told from those that the manager has set', () => {
  const object = deployment([applied({ 'f:metadata': { 'f:finalizers': { 'v:"ours/hold"': {} } } })]);
  expect(appliedBy(object, OURS)).toEqual({ ...bare, metadata: { ...bare.metadata, finalizers: ['ours/hold'] } });
});

test('what a manager has applied in several API versions is put together', () => {
  const object = deployment([
    applied({ 'f:spec': { 'f:strategy': { 'f:type': {} }, 'f:list': { 'v:"a"': {} }, 'f:replicas': {}, 'f:paused': {} }, 'f:only': { 'f:one': {} } }),
    applied({ 'f:spec': { 'f:strategy': { 'f:other': {} }, 'f:list': { 'v:"a"': {}, 'v:"b"': {} }, 'f:replicas': {}, 'f:paused': {} }, 'f:more': {} }, OURS, { apiVersion: 'v2' }),
  ], { spec: { strategy: { type: 't', other: 'o' }, list: ['a', 'b'], replicas: 5, paused: null }, only: { one: 1 }, more: false });
  expect(appliedBy(object, OURS)).toEqual({
    ...bare, spec: { strategy: { type: 't', other: 'o' }, list: ['a', 'b'], replicas: 5, paused: null }, only: { one: 1 }, more: false,
  });
});
